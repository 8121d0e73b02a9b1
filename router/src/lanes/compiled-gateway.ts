import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError, getVariableValues, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { OperationStore } from '../operations/operation-store.ts';
import { PlanRefused, PlannerBusy } from '../plan/planning-thread.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { SubgraphClients } from '../transport/subgraph-clients.ts';
import type { OperationResult } from '../compile/compile-operation.ts';

/** Executes compiled operations under Apollo Server, in the place of its gateway. */
export class CompiledGateway implements GatewayInterface {
  constructor(
    private readonly operations: OperationStore,
    private readonly subgraphs: SubgraphClients,
    /** What subgraphs are told of a client's request. */
    private readonly headersOf: (context: RouterContext) => Readonly<Record<string, string>>,
  ) {}

  onSchemaLoadOrUpdate(callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): () => void {
    const { apiSchema, sdl } = this.operations.supergraph;
    callback({ apiSchema, coreSupergraphSdl: sdl });
    return () => {};
  }

  load: GatewayInterface['load'] = async () => ({
    executor: async ({ source, document, request, operation, context }) => {
      const { variables = {} } = request;
      if (operation.operation === 'subscription') {
        return refuse('Subscriptions are not served over plain HTTP.', 'OPERATION_NOT_SUPPORTED');
      }
      const { apiSchema } = this.operations.supergraph;
      const coerced = getVariableValues(apiSchema, operation.variableDefinitions ?? [], variables, { maxErrors: 20 });
      if (coerced.errors) return { errors: coerced.errors };
      try {
        const compiled = await this.operations.get(source, document, operation.name?.value);
        const call = this.subgraphs.callWith(this.headersOf(context as RouterContext));
        return asExecutionResult(await compiled.execute(variables, call));
      } catch (error) {
        if (error instanceof PlanRefused || error instanceof PlannerBusy) return refuse(error.message, error.code);
        throw error;
      }
    },
  });

  async stop(): Promise<void> {}
}

const refuse = (message: string, code: string): ExecutionResult => ({
  errors: [new GraphQLError(message, { extensions: { code } })],
});

/** Apollo Server takes only errors of graphql's own class. */
const asExecutionResult = ({ errors, ...rest }: OperationResult): ExecutionResult => ({
  ...rest,
  ...(errors && { errors: errors.map(asGraphQLError) }),
});

const asGraphQLError = ({ message, path, extensions }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { ...(path && { path }), ...(extensions && { extensions }) });
