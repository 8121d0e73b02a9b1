import { composeServices } from '@apollo/composition';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { parse, type DocumentNode } from 'graphql';
import {
  compileOperation,
  findOperation,
  type CompiledOperation,
  type OperationResult,
} from '../../src/compile/compile-operation.ts';
import type { CallSubgraph } from '../../src/compile/subgraph-call.ts';
import { Planner } from '../../src/plan/planner.ts';
import { buildComposedSupergraph } from '../../src/supergraph/composed-supergraph.ts';
import { loadSupergraph, type Supergraph } from '../../src/supergraph/supergraph.ts';
import { SyntheticSubgraph } from './synthetic-subgraph.ts';

/** A supergraph with its subgraphs, all in this process. */
export class World {
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  readonly #plannerSchema;
  readonly subgraphs: ReadonlyMap<string, SyntheticSubgraph>;

  constructor(sources: Readonly<Record<string, string>>, { troubled = true }: { troubled?: boolean } = {}) {
    const services = Object.entries(sources).map(([name, sdl]) => ({
      name,
      typeDefs: parse(sdl),
      url: `http://${name}.test/graphql`,
    }));
    const { supergraphSdl, errors } = composeServices(services);
    if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
    this.supergraph = loadSupergraph(supergraphSdl);
    this.planner = new Planner(supergraphSdl);
    this.#plannerSchema = buildComposedSupergraph(supergraphSdl).apiSchema();
    this.subgraphs = new Map(
      services.map(({ name, typeDefs }) => [name, new SyntheticSubgraph(name, typeDefs, troubled)]),
    );
  }

  readonly call: CallSubgraph = async ({ subgraph, body }) => this.#answer(subgraph, JSON.parse(body));

  /** @throws Error when the planner refuses the operation */
  compile(source: string, operationName: string): CompiledOperation {
    const plan = this.planner.plan(source, operationName);
    return compileOperation(this.supergraph, parse(source), operationName, plan);
  }

  /** What @apollo/gateway's own executor answers to the same plan. */
  async executeStock(
    compiled: CompiledOperation,
    document: DocumentNode,
    variables: Record<string, unknown>,
  ): Promise<OperationResult> {
    const { supergraph } = this;
    const serviceMap = Object.fromEntries(
      [...this.subgraphs.keys()].map((name) => [
        name,
        {
          process: ({ request }: { request: { query: string; operationName?: string; variables: object } }) =>
            this.#answer(name, JSON.parse(JSON.stringify(request))),
        },
      ]),
    );
    const operationName = findOperation(document, compiled.operation.name?.value).name?.value;
    const context = buildOperationContext({
      schema: supergraph.apiSchema,
      operationDocument: document,
      ...(operationName && { operationName }),
    } as never);
    const requestContext = { request: { variables }, context: {}, logger: console, metrics: {} };
    const result = await executeQueryPlan(
      compiled.plan,
      serviceMap as never,
      requestContext as never,
      context,
      supergraph.fullSchema,
      this.#plannerSchema,
      undefined as never,
    );
    return JSON.parse(JSON.stringify(result)) as OperationResult;
  }

  async #answer(name: string, body: { query: string; variables: Record<string, unknown> }) {
    const subgraph = this.subgraphs.get(name);
    if (!subgraph) throw new Error(`There is no subgraph ${name}`);
    return subgraph.answer(body);
  }
}
