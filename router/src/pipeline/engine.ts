import { getVariableValues } from 'graphql';
import type { OperationResult } from '../compile/compile-operation.ts';
import { isObject, type JsonObject } from '../compile/own.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { OperationStore } from '../operations/operation-store.ts';
import type { SubgraphClients } from '../transport/subgraph-clients.ts';
import { Refusal, refusal } from './refusal.ts';

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

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  get operations(): OperationStore {
    return this.#options.operations;
  }

  /** @throws Refusal when it is not executed */
  async run({ query, operationName, variables }: GraphQLParams, context: RouterContext): Promise<EngineResult> {
    const { operations, subgraphs, headersOf } = this.#options;
    const prepared = await operations.get(query, operationName ?? undefined);
    const { operation } = prepared;
    if (operation.operation === 'subscription') {
      throw refusal(400, 'OPERATION_NOT_SUPPORTED', 'Subscriptions are not served over plain HTTP.');
    }
    const given = variables ?? {};
    if (!isObject(given)) throw refusal(400, 'BAD_REQUEST', '`variables` is no object.');
    if (operation.variableDefinitions?.length) {
      const { errors } = getVariableValues(operations.supergraph.apiSchema, operation.variableDefinitions, given, {
        maxErrors: 20,
      });
      if (errors) {
        throw new Refusal(
          400,
          errors.map(({ message, locations }) => ({
            message,
            ...(locations && { locations }),
            extensions: { code: 'BAD_USER_INPUT' },
          })),
        );
      }
    }
    const result = await prepared.execute(given, subgraphs.callWith(headersOf(context)));
    return { result, operationName: operation.name?.value, kind: operation.operation };
  }
}

export interface EngineResult {
  readonly result: OperationResult;
  readonly operationName: string | undefined;
  readonly kind: string;
}
