import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { buildComposedSupergraph } from '../supergraph/composed-supergraph.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { findOperation, type ExecutableOperation, type OperationResult } from './compile-operation.ts';
import type { JsonObject } from './own.ts';
import type { CallSubgraph } from './subgraph-call.ts';

/** An operation that @apollo/gateway's own executor runs: slower, and complete. */
export class StockOperation implements ExecutableOperation {
  readonly operation: OperationDefinitionNode;

  constructor(
    private readonly supergraph: Supergraph,
    private readonly document: DocumentNode,
    private readonly operationName: string | undefined,
    readonly plan: QueryPlan,
  ) {
    this.operation = findOperation(document, operationName);
  }

  async execute(variables: JsonObject, call: CallSubgraph): Promise<OperationResult> {
    // Loaded when it is needed for the first time, which may be never.
    const { buildOperationContext, executeQueryPlan } = await import('@apollo/gateway');
    const services = Object.fromEntries(
      [...this.supergraph.subgraphs.keys()].map((subgraph) => [subgraph, serviceOf(subgraph, this.operation, call)]),
    );
    const context = buildOperationContext({
      schema: this.supergraph.apiSchema,
      operationDocument: this.document,
      ...(this.operationName !== undefined && { operationName: this.operationName }),
    } as never);
    const result = await executeQueryPlan(
      this.plan,
      services as never,
      { request: { variables }, context: {}, logger: console, metrics: {} } as never,
      context,
      this.supergraph.fullSchema,
      buildComposedSupergraph(this.supergraph.sdl).apiSchema(),
      undefined as never,
    );
    return JSON.parse(JSON.stringify(result)) as OperationResult;
  }
}

const serviceOf = (subgraph: string, { operation }: OperationDefinitionNode, call: CallSubgraph) => ({
  process: ({ request }: { request: { query: string; operationName?: string; variables: object } }) => {
    const { query, operationName, variables } = request;
    const body = JSON.stringify({ query, operationName, variables });
    return call({ subgraph, body, kind: operation === 'mutation' ? 'mutation' : 'query', operationName });
  },
});
