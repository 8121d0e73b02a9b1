import type { OperationDefinitionNode } from 'graphql';
import type { AccessRequirement } from '../access/access-rules.ts';
import type { Permits } from '../access/permissions.ts';
import { isSubscription, type OperationResult, type ResponseForm } from '../compile/compile-operation.ts';
import { isObject, type JsonObject } from '../compile/own.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { Executable, Operation } from '../operations/operation.ts';
import type { OperationStore } from '../operations/operation-store.ts';
import type { PersistedQueryStore } from '../persisted/persisted-query-store.ts';
import { resolveOperation } from '../persisted/resolve-operation.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import type { FetchReport, SubgraphClients } from '../transport/subgraph-clients.ts';
import { checkCost } from './check-cost.ts';
import { describeExecution } from './describe-execution.ts';
import { Refusal, refusal } from './refusal.ts';
import { SharedQueries } from './shared-queries.ts';
import type { StageRecord } from './stage-record.ts';

/** A GraphQL request as it came, whatever brought it. */
export interface GraphQLParams {
  readonly query?: string | undefined;
  /** An empty name is none, as the GraphQL over HTTP specification has it for GET; here in every lane. */
  readonly operationName?: string | null | undefined;
  readonly variables?: JsonObject | null | undefined;
  readonly extensions?: JsonObject | null | undefined;
}

export interface EngineOptions {
  readonly operations: OperationStore;
  /** Absent when clients send no hashes in the place of operations. */
  readonly persisted?: PersistedQueryStore | undefined;
  readonly subgraphs: SubgraphClients;
  readonly permits: Permits;
  readonly rateLimits: RateLimits;
  /** What an operation may cost; absent where that is only measured. */
  readonly mostCost: number | undefined;
  /** Whether equal queries that are under way share their answer. */
  readonly shareQueries: boolean;
  /** What subgraphs are told of a client's request. */
  readonly headersOf: (context: RouterContext) => Readonly<Record<string, string>>;
  readonly observer: {
    estimated(cost: number): void;
    spent(cost: number): void;
    shared(): void;
  };
}

/**
 * What every lane does with a request once it knows who is asking: find the operation, check it and its variables, weigh
 * it, see what may be told to whom, execute.
 */
export class Engine {
  readonly #options: EngineOptions;
  readonly #listeners = new Set<(operations: OperationStore) => void>();
  readonly #shared = new SharedQueries<OperationResult>();
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
  async prepare(params: GraphQLParams, context: RouterContext, stages: StageRecord): Promise<Prepared> {
    const operationName = params.operationName || undefined;
    const given = params.variables ?? {};
    let operation: Operation;
    let variables: JsonObject;
    let cost: number;
    try {
      const { persisted } = this.#options;
      stages.enter('persisted-operation');
      const resolved = resolveOperation(params, persisted);
      const { source, hash } = resolved instanceof Promise ? await resolved : resolved;
      stages.enter('parse-and-validate');
      if (!isObject(given)) throw refusal(400, 'BAD_REQUEST', '`variables` is no object.');
      operation = this.#operations.get(source, operationName);
      // Only what may be executed is kept. Nobody waits for it: who comes too early sends the text again.
      if (hash !== undefined) void persisted?.add(hash, source);
      stages.enter('variables-and-cost');
      variables = operation.checkVariables(given);
      cost = checkCost(operation, variables, this.#options.mostCost);
    } catch (error) {
      // Who sends only what is refused has a limit, too.
      if (error instanceof Refusal) await this.countRefused(context);
      throw error;
    }
    this.#options.observer.estimated(cost);
    stages.enter('rate-limit');
    const waiting = this.#options.rateLimits.take(context, { cost, rootFields: operation.rootFields });
    if (waiting) await waiting;
    stages.enter('plan');
    return {
      executable: await this.#authorised(operation, context),
      definition: operation.definition,
      source: operation.source,
      variables,
      cost,
    };
  }

  /** A request that is not executed weighs something, too. @throws Refusal (429) */
  async countRefused(context: RouterContext): Promise<void> {
    await this.#options.rateLimits.take(context, NOTHING_DONE);
  }

  /**
   * The operation of a supergraph as somebody may execute it.
   * @throws Refusal
   */
  authorised(source: string, operationName: string | undefined, context: RouterContext): Promise<Executable> {
    return this.#authorised(this.#operations.get(source, operationName), context);
  }

  /**
   * Executes a query or a mutation.
   * @param form whether the response may be written already
   * @throws Refusal for a subscription
   */
  async execute(
    prepared: Prepared,
    context: RouterContext,
    stages: StageRecord,
    form: ResponseForm = 'objects',
  ): Promise<OperationResult> {
    const { executable, definition, source, variables, cost } = prepared;
    if (isSubscription(executable)) {
      throw refusal(
        400,
        'OPERATION_NOT_SUPPORTED',
        'Subscriptions are served over WebSocket (graphql-transport-ws), server-sent events and multipart.',
      );
    }
    const { subgraphs, headersOf, shareQueries, observer } = this.#options;
    const { explain = false } = context;
    stages.enter('execute');
    const execute = () =>
      stages.within(async () => {
        const meter = { cost: 0 };
        const fetches: FetchReport[] = [];
        const call = subgraphs.callWith(headersOf(context), {
          share: shareQueries && !explain,
          report: explain ? (report) => fetches.push(report) : undefined,
        });
        const result = await executable.execute(variables, call, meter, explain ? 'objects' : form);
        observer.spent(meter.cost);
        if (!explain) return result;
        const debug = describeExecution(executable.plan, fetches, { estimated: cost, actual: meter.cost });
        return { ...result, extensions: { ...result.extensions, debug } };
      });
    if (definition.operation === 'mutation') return execute().finally(() => this.#shared.invalidate());
    if (!shareQueries || explain) return execute();
    const key = SharedQueries.keyOf(definition.name?.value, source, variables, context.identity);
    return this.#shared.run(form + key, execute, observer.shared);
  }

  /** @throws Refusal when it is not executed */
  async run(
    params: GraphQLParams,
    context: RouterContext,
    stages: StageRecord,
    form?: ResponseForm,
  ): Promise<EngineResult> {
    const prepared = await this.prepare(params, context, stages);
    const { definition } = prepared;
    const result = await this.execute(prepared, context, stages, form);
    return { result, operationName: definition.name?.value, kind: definition.operation };
  }

  #authorised(operation: Operation, { identity }: RouterContext): Promise<Executable> {
    const { permits } = this.#options;
    const { requirements } = operation;
    if (requirements.length === 0) return operation.executable();
    const unmet: AccessRequirement[] = requirements.filter((requirement) => !permits(identity, requirement));
    return operation.executable(new Set(unmet));
  }
}

/** An operation that may be executed, with variables that fit. */
export interface Prepared {
  readonly executable: Executable;
  readonly definition: OperationDefinitionNode;
  readonly source: string;
  readonly variables: JsonObject;
  /** By the estimate. */
  readonly cost: number;
}

const NOTHING_DONE = { cost: 1, rootFields: new Map<string, number>() };

export interface EngineResult {
  readonly result: OperationResult;
  readonly operationName: string | undefined;
  readonly kind: string;
}
