import { getVariableValues, type GraphQLError } from 'graphql';
import {
  isSubscription,
  type ExecutableOperation,
  type ExecutableSubscription,
  type OperationResult,
} from '../compile/compile-operation.ts';
import { isObject, type JsonObject } from '../compile/own.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { OperationStore } from '../operations/operation-store.ts';
import type { SubgraphClients } from '../transport/subgraph-clients.ts';
import { Refusal, refusal } from './refusal.ts';

const MOST_ERRORS = 20;

/** A GraphQL request as it came, whatever brought it. */
export interface GraphQLParams {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: JsonObject | null | undefined;
}

export interface EngineOptions {
  readonly operations: OperationStore;
  readonly subgraphs: SubgraphClients;
  /** What subgraphs are told of a client's request. */
  readonly headersOf: (context: RouterContext) => Readonly<Record<string, string>>;
}

/** What every lane does with a request once it knows who is asking: prepare, check the variables, execute. */
export class Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(operations: OperationStore) => void>();
  #operations: OperationStore;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#operations = options.operations;
  }

  get operations(): OperationStore {
    return this.#operations;
  }

  /** Serves another supergraph from the next request on; what is under way is finished with the old one. */
  replace(operations: OperationStore): void {
    this.#operations = operations;
    for (const tell of this.#listeners) tell(operations);
  }

  /** @returns stops telling */
  onReplaced(listener: (operations: OperationStore) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Everything before the execution.
   * @throws Refusal
   */
  async prepare({ query, operationName, variables }: GraphQLParams): Promise<Prepared> {
    const operations = this.#operations;
    const executable = await operations.get(query, operationName ?? undefined);
    const given = variables ?? {};
    if (!isObject(given)) throw refusal(400, 'BAD_REQUEST', '`variables` is no object.');
    const { variableDefinitions = [] } = executable.operation;
    if (variableDefinitions.length > 0) {
      const { errors } = getVariableValues(operations.supergraph.apiSchema, variableDefinitions, given, {
        maxErrors: MOST_ERRORS,
      });
      if (errors) throw badVariables(errors);
    }
    return { executable, source: query, variables: given };
  }

  /** Executes a query or a mutation. @throws Refusal for a subscription */
  execute({ executable, variables }: Prepared, context: RouterContext): Promise<OperationResult> {
    if (isSubscription(executable)) {
      throw refusal(
        400,
        'OPERATION_NOT_SUPPORTED',
        'Subscriptions are served over WebSocket (graphql-transport-ws), server-sent events and multipart.',
      );
    }
    const { subgraphs, headersOf } = this.#options;
    return executable.execute(variables, subgraphs.callWith(headersOf(context)));
  }

  /** @throws Refusal when it is not executed */
  async run(params: GraphQLParams, context: RouterContext): Promise<EngineResult> {
    const prepared = await this.prepare(params);
    const { operation } = prepared.executable;
    const result = await this.execute(prepared, context);
    return { result, operationName: operation.name?.value, kind: operation.operation };
  }
}

/** An operation that may be executed, with variables that fit. */
export interface Prepared {
  readonly executable: ExecutableOperation | ExecutableSubscription;
  readonly source: string;
  readonly variables: JsonObject;
}

const badVariables = (errors: readonly GraphQLError[]): Refusal =>
  new Refusal(
    400,
    errors.map(({ message, locations }) => ({
      message,
      ...(locations && { locations }),
      extensions: { code: 'BAD_USER_INPUT' },
    })),
  );

export interface EngineResult {
  readonly result: OperationResult;
  readonly operationName: string | undefined;
  readonly kind: string;
}
