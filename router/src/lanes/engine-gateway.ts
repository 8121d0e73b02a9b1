import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError, type ExecutionResult, type GraphQLFormattedError } from 'graphql';
import type { OperationResult } from '../compile/compile-operation.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { OperationStore } from '../operations/operation-store.ts';
import type { Engine } from '../pipeline/engine.ts';
import { Refusal } from '../pipeline/refusal.ts';
import type { OperationRecord } from './operation-record.ts';

/** Of one request to Apollo Server. */
export interface CompatibilityContext extends RouterContext {
  readonly record: OperationRecord;
}

/** The engine under Apollo Server, in the place of Apollo's gateway. */
export class EngineGateway implements GatewayInterface {
  /** Requests that came to the engine. */
  readonly #seen = new WeakSet<object>();

  constructor(private readonly engine: Engine) {}

  onSchemaLoadOrUpdate(callback: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0]): () => void {
    const tell = ({ supergraph }: OperationStore) =>
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
    tell(this.engine.operations);
    return this.engine.onReplaced(tell);
  }

  /** Counts what Apollo Server refuses by itself, so that it is not the lane without limits. */
  readonly countRefused: ApolloServerPlugin<CompatibilityContext> = {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ contextValue, errors }) => {
        if (this.#seen.has(contextValue)) return;
        try {
          await this.engine.countRefused(contextValue);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          // The array is what it answers with.
          const told = errors as GraphQLError[];
          told.splice(0, told.length, ...error.errors.map((one) => asGraphQLError(one, error)));
        }
      },
    }),
  };

  /** An empty operation name is none, as in the other lanes. Apollo Server would look for an operation of that name. */
  readonly ignoreEmptyName: ApolloServerPlugin<CompatibilityContext> = {
    requestDidStart: async ({ request }) => {
      if (request.operationName === '') delete request.operationName;
    },
  };

  /** Measures operations as the other lanes do. */
  readonly measure: ApolloServerPlugin<CompatibilityContext> = {
    requestDidStart: async ({ contextValue: { record } }) => ({
      didResolveSource: async () => record.stages.enter('parse-and-validate'),
      async willSendResponse({ operation, operationName, response: { body } }) {
        if (operation) record.named(operationName ?? undefined, operation.operation);
        record.answered(body.kind === 'single' ? body.singleResult.errors : undefined);
        record.end();
      },
    }),
  };

  load: GatewayInterface['load'] = async () => ({
    executor: async ({ source, request, context }) => {
      this.#seen.add(context);
      const { stages } = (context as CompatibilityContext).record;
      const params = { query: source, operationName: request.operationName, variables: request.variables };
      try {
        const { result } = await this.engine.run(params, context as CompatibilityContext, stages);
        stages.enter('respond');
        return asExecutionResult(result);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { errors: error.errors.map((one) => asGraphQLError(one, error)) };
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
const asGraphQLError = (
  { message, path, extensions }: GraphQLFormattedError,
  refused?: Pick<Refusal, 'status' | 'headers'>,
): GraphQLError =>
  new GraphQLError(message, {
    ...(path && { path }),
    extensions: {
      ...extensions,
      ...(refused && { http: { status: refused.status, headers: headerMap(refused.headers) } }),
    },
  });

function headerMap(headers: Readonly<Record<string, string>>): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) map.set(name, value);
  return map;
}
