import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { OperationResult } from '../compile/compile-operation.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { OperationStore } from '../operations/operation-store.ts';
import type { Engine } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';

/** The engine under Apollo Server, in the place of Apollo's gateway. */
export class EngineGateway implements GatewayInterface {
  constructor(private readonly engine: Engine) {}

  onSchemaLoadOrUpdate(callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): () => void {
    const tell = ({ supergraph }: OperationStore) =>
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
    tell(this.engine.operations);
    return this.engine.onReplaced(tell);
  }

  load: GatewayInterface['load'] = async () => ({
    executor: async ({ source, request, context }) => {
      const params = { query: source, operationName: request.operationName, variables: request.variables };
      try {
        const { result } = await this.engine.run(params, context as RouterContext);
        return asExecutionResult(result);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { errors: error.errors.map((one) => asGraphQLError(one, error.status)) };
      }
    },
  });

  async stop(): Promise<void> {}
}

const asExecutionResult = ({ errors, ...rest }: OperationResult): ExecutionResult => ({
  ...rest,
  ...(errors && { errors: errors.map((error) => asGraphQLError(error)) }),
});

/** Apollo Server takes only errors of graphql's own class, and the status from their extensions. */
const asGraphQLError = ({ message, path, extensions }: GraphQLFormattedError, status?: number): GraphQLError =>
  new GraphQLError(message, {
    ...(path && { path }),
    extensions: { ...extensions, ...(status && { http: { status } }) },
  });
