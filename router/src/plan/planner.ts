import {
  operationFromDocument,
  type Schema,
  type Supergraph as ComposedSupergraph,
} from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import {
  getOperationAST,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { buildComposedSupergraph, buildDerivedSupergraph } from '../supergraph/composed-supergraph.ts';
import { dropNeverSelected } from './certain-selections.ts';
import { visitArgumentsOnce } from './collect-variables.ts';
import { nameDistinctly, type NameRules } from './distinct-names.ts';
import type { FetchedNames } from './fetched-names.ts';
import { giveKeys } from './keyed-entities.ts';
import { selectMutationFieldsOnce } from './mutation-fields.ts';
import { PlanRefused } from './plan-errors.ts';
import { preparePlanningSupergraph, type PlanningSupergraph } from './planning-supergraph.ts';
import { restoreRequiredFields } from './restore-required-fields.ts';
import { mapFetches } from './map-fetches.ts';
import { separateRequiringFields } from './requiring-subgraphs.ts';
import { findPlanFault } from './find-plan-fault.ts';

/** Planning compares so many alternatives at most; then it takes the best of them. */
const MOST_EVALUATED_PLANS = 10_000;
/** A document of whose fields more ways to fetch them exist is refused by the planner itself. */
const MOST_PATHS = 20_000;

visitArgumentsOnce();

/** What Apollo's planner says of operations that it gives up on; it has no class or code for them. */
const TOO_COMPLEX =
  /^Too many options generated|^Number of non-local selections|^Exceeded maximum recursive selections/;

/**
 * What it says where it has made a plan that is none: it would ask a subgraph for a field that the subgraph does not have,
 * for an object of one type as one of another, in an order that there is not, or for the type of an object of which the
 * subgraph has the interface only.
 */
const NO_PLAN =
  /^Cannot normalize |^Cannot add fragment of condition |^We should have an edge from |would create a cycle$/;

/** A plan that fetches some fields under other names than their response names. */
export interface OperationPlan extends QueryPlan {
  readonly fetchedNames?: FetchedNames;
}

/** Apollo's planner for one supergraph. It works on the thread that calls it, for as long as it takes. */
export class Planner {
  readonly #supergraph: PlanningSupergraph;
  readonly #planner: StockPlanner;
  readonly #schema: GraphQLSchema;
  readonly #nameRules: NameRules;
  /** Made when it is needed for the first time, which may be never. */
  #separatePlanner: StockPlanner | undefined;

  /** @throws Error that says why the SDL is no supergraph */
  constructor(supergraphSdl: string) {
    this.#supergraph = preparePlanningSupergraph(supergraphSdl);
    const composed = composedFrom(supergraphSdl, this.#supergraph);
    this.#planner = new StockPlanner(composed);
    this.#schema = composed.schema.toGraphQLJSSchema();
    this.#nameRules = {
      schema: composed.apiSchema().toGraphQLJSSchema(),
      reservedNames: this.#supergraph.reservedNames,
      interfaceObjects: this.#supergraph.interfaceObjects,
    };
  }

  /**
   * Plans one operation of a valid document.
   * @throws PlanRefused when there is too much to compare, or the subgraphs can't be asked for it rightly
   * @throws Error when the planner has a fault
   */
  plan(source: string, operationName: string | undefined): OperationPlan {
    const whole = parse(source, { noLocation: true });
    const selected = dropNeverSelected(whole, operationIn(whole, operationName));
    const definition = operationIn(selected, operationName);
    if (definition.selectionSet.selections.length === 0) return planForNothing(definition);
    const { document, fetchedNames } = nameDistinctly(selected, definition, this.#nameRules);
    try {
      const plan = this.#plan(selectMutationFieldsOnce(document, operationName), operationName);
      return { ...plan, ...(fetchedNames && { fetchedNames }) };
    } catch (error) {
      // What nests too deep for the stack is too complex as well.
      const isTooComplex = error instanceof RangeError || (error instanceof Error && TOO_COMPLEX.test(error.message));
      throw isTooComplex ? new PlanRefused('OPERATION_TOO_COMPLEX', error.message) : error;
    }
  }

  #plan(document: DocumentNode, operationName: string | undefined): QueryPlan {
    const first = this.#rightPlan(this.#planner, document, operationName);
    if (typeof first !== 'string') return first;
    this.#separatePlanner ??= StockPlanner.ofRequiringSubgraphs(this.#supergraph.sdl);
    const second = this.#rightPlan(this.#separatePlanner, document, operationName);
    if (typeof second !== 'string') return second;
    throw new PlanRefused('OPERATION_NOT_SUPPORTED', `No plan was found that asks subgraphs rightly: ${first}.`);
  }

  /** @returns the coordinate of a field, or why there is no plan, where there is none that is right */
  #rightPlan(planner: StockPlanner, document: DocumentNode, operationName: string | undefined): QueryPlan | string {
    const { keysOf } = this.#supergraph;
    try {
      const keyed = mapFetches(planner.plan(document, operationName), (fetch) =>
        giveKeys(fetch, (typeName) => keysOf(fetch.serviceName, typeName), this.#schema),
      );
      const plan = restoreRequiredFields(keyed, this.#supergraph);
      return findPlanFault(plan, this.#supergraph, this.#schema) ?? plan;
    } catch (error) {
      if (error instanceof Error && NO_PLAN.test(error.message)) return 'the planner fails';
      throw error;
    }
  }
}

/** @throws Error when there is no such operation */
function operationIn(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const definition = getOperationAST(document, operationName);
  if (!definition) throw new Error('the document has no such operation');
  return definition;
}

function planForNothing({ operation }: OperationDefinitionNode): OperationPlan {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return { kind: 'QueryPlan' };
  throw new PlanRefused('OPERATION_NOT_SUPPORTED', 'The subscription selects no field.');
}

/** The planner as it comes, with the supergraph that it plans for. */
class StockPlanner {
  readonly #planner: QueryPlanner;
  readonly #apiSchema: Schema;
  readonly #meant: ReadonlyMap<string, string>;

  /** @param meant the subgraphs that are meant by others */
  constructor(composed: ComposedSupergraph, meant: ReadonlyMap<string, string> = new Map()) {
    this.#apiSchema = composed.apiSchema();
    this.#meant = meant;
    this.#planner = new QueryPlanner(composed, {
      debug: { maxEvaluatedPlans: MOST_EVALUATED_PLANS, pathsLimit: MOST_PATHS },
    });
  }

  static ofRequiringSubgraphs(planningSdl: string): StockPlanner {
    const { sdl, meant } = separateRequiringFields(planningSdl);
    return new StockPlanner(buildDerivedSupergraph(sdl), meant);
  }

  plan(document: DocumentNode, operationName: string | undefined): QueryPlan {
    const options = operationName === undefined ? {} : { operationName };
    const plan = this.#planner.buildQueryPlan(operationFromDocument(this.#apiSchema, document, options));
    if (this.#meant.size === 0) return plan;
    return mapFetches(plan, (fetch) => ({
      ...fetch,
      serviceName: this.#meant.get(fetch.serviceName) ?? fetch.serviceName,
    }));
  }
}

function composedFrom(original: string, { sdl, requiredFields }: PlanningSupergraph): ComposedSupergraph {
  if (requiredFields.size === 0) return buildComposedSupergraph(sdl);
  buildComposedSupergraph(original).subgraphs();
  // Some external fields are used no more: others stand for them.
  return buildDerivedSupergraph(sdl);
}
