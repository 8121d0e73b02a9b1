import { composeServices } from '@apollo/composition';
import { parse, validate, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compareAnswers } from './compare-answers.ts';
import { executeNaively } from './execute-naively.ts';
import { hasFields, type Model } from './model.ts';
import { ModelData } from './model-data.ts';
import { ModelRouter, type RouterAnswer } from './model-router.ts';
import { ModelSubgraph } from './model-subgraph.ts';
import { printSubgraph } from './print-subgraph.ts';
import type { ClientOperation } from './random-client-operation.ts';

/** How the router and the oracle differ about one operation. */
export interface Difference {
  readonly what: string;
  readonly expected: ExecutionResult;
  readonly found: RouterAnswer;
  /** The router refuses such operations on purpose. */
  readonly isRefusal: boolean;
  /** What the router asked subgraphs for and may not. */
  readonly violations: readonly string[];
}

/** A model, served by the router over its subgraphs, and by the oracle at once. */
export class OracleWorld {
  readonly subgraphs: readonly ModelSubgraph[];
  /** What clients see, by the oracle's own reckoning. */
  readonly apiSchema: GraphQLSchema;
  /** Names that aliases may collide with. */
  readonly fieldNames: readonly string[];
  readonly #data: ModelData;
  readonly #subgraphData: ModelData;

  private constructor(
    readonly model: Model,
    subgraphs: readonly ModelSubgraph[],
    subgraphData: ModelData,
    readonly router: ModelRouter,
  ) {
    this.subgraphs = subgraphs;
    this.#subgraphData = subgraphData;
    this.#data = new ModelData(model);
    this.apiSchema = this.#data.merged.schema({ inaccessible: false });
    const names = model.subgraphs.flatMap(({ types }) =>
      types.flatMap((type) => (hasFields(type) && type.kind !== 'root' ? type.fields.map(({ name }) => name) : [])),
    );
    this.fieldNames = [...new Set(names)];
  }

  /** @returns undefined for a model that does not compose */
  static open(model: Model): OracleWorld | undefined {
    const services = model.subgraphs.map((subgraph) => ({
      name: subgraph.name,
      url: `http://${subgraph.name}.test`,
      typeDefs: parse(printSubgraph(subgraph)),
    }));
    const supergraphSdl = composeUnlessWrong(services);
    if (supergraphSdl === undefined) return undefined;
    const data = new ModelData(model);
    const subgraphs = model.subgraphs.map((subgraph) => new ModelSubgraph(subgraph, data));
    return new OracleWorld(model, subgraphs, data, new ModelRouter(supergraphSdl, subgraphs));
  }

  isValid(text: string): boolean {
    try {
      return validate(this.apiSchema, parse(text)).length === 0;
    } catch {
      return false;
    }
  }

  /** @returns nothing when both answer the same */
  async compare(operation: ClientOperation): Promise<Difference | undefined> {
    const expected = await executeNaively(this.apiSchema, this.#data, operation);
    this.#subgraphData.reset();
    const found = await this.router.execute(operation);
    const violations = this.subgraphs.flatMap((subgraph) => subgraph.violations.splice(0));
    const what =
      compareAnswers(expected, found) ?? (violations.length > 0 ? 'the router asks for what it may not' : undefined);
    return what === undefined
      ? undefined
      : { what, isRefusal: isAllowedRefusal(found, operation), expected, found, violations };
  }
}

/** Some field sets are so wrong that composition throws in the place of saying so. */
function composeUnlessWrong(services: Parameters<typeof composeServices>[0]): string | undefined {
  try {
    return composeServices(services).supergraphSdl;
  } catch {
    return undefined;
  }
}

/** Some operations are beyond the router, some fields beyond the subgraphs, and one alias is the router's. */
function isAllowedRefusal(found: RouterAnswer, { text }: ClientOperation): boolean {
  if ('failed' in found) return false;
  if (!('refused' in found))
    return found.errors?.some(({ extensions }) => extensions?.code === 'FIELD_NOT_RESOLVABLE') ?? false;
  if (found.refused === 'GRAPHQL_VALIDATION_FAILED') return text.includes('__typename:');
  return found.refused === 'OPERATION_NOT_SUPPORTED' || found.refused === 'OPERATION_TOO_COMPLEX';
}
