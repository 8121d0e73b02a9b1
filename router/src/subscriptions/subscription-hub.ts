import type { GraphQLFormattedError } from 'graphql';
import { isSubscription, type ExecutableSubscription } from '../compile/compile-operation.ts';
import type { JsonObject } from '../compile/own.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { Executable } from '../operations/operation-store.ts';
import { Refusal } from '../pipeline/refusal.ts';
import type { SubgraphClients } from '../transport/subgraph-clients.ts';
import type { BackPressure } from './outbox.ts';
import { SharedSubscription, type SubscriptionListener } from './shared-subscription.ts';
import { stableText } from './stable-text.ts';
import type { Upstream } from './upstream.ts';

/** A subscription that is to be opened: prepared, with variables that fit. */
export interface PreparedSubscription {
  readonly subscription: ExecutableSubscription;
  readonly source: string;
  readonly variables: JsonObject;
}

export interface SubscriptionHubOptions {
  readonly upstreamOf: (subgraph: string) => Upstream;
  readonly subgraphs: SubgraphClients;
  /** What subgraphs are told of who asks, by request header; signed anew each time. */
  readonly headersOf: (context: RouterContext) => Promise<Readonly<Record<string, string>>>;
  readonly format: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly backPressureOf: (field: string) => BackPressure;
  readonly observer: {
    /** Subscriptions to subgraphs that are open. */
    upstreams(open: number): void;
    dropped(field: string): void;
  };
}

/**
 * Subscriptions of clients on subscriptions to subgraphs. Those of one identity that ask for the same share one: never
 * two identities, because what an answer holds may depend on who asks.
 */
export class SubscriptionHub {
  readonly #options: SubscriptionHubOptions;
  readonly #open = new Map<string, OpenSubscription>();

  constructor(options: SubscriptionHubOptions) {
    this.#options = options;
  }

  /** @returns leaves the subscription; the listener is told nothing any more */
  subscribe(prepared: PreparedSubscription, context: RouterContext, listener: SubscriptionListener): () => void {
    const { operation } = prepared.subscription;
    const key = stableText([prepared.source, operation.name?.value, prepared.variables, context.identity]);
    let open = this.#open.get(key);
    if (!open) {
      open = new OpenSubscription(prepared, context, this.#options, () => {
        this.#open.delete(key);
        this.#options.observer.upstreams(this.#open.size);
      });
      this.#open.set(key, open);
      this.#options.observer.upstreams(this.#open.size);
    }
    const { shared } = open;
    shared.add(listener);
    return () => shared.remove(listener);
  }

  /**
   * Goes on with another supergraph: each open subscription is prepared anew, and its next event is completed by the new
   * plan. One that asks its subgraph for something else now is subscribed to anew; one that the new supergraph refuses
   * ends with the reason.
   */
  async replan(prepare: (source: string, operationName: string | undefined) => Promise<Executable>): Promise<void> {
    await Promise.all([...this.#open.values()].map((open) => open.replan(prepare)));
  }
}

/** One subscription to a subgraph and what it is for. */
class OpenSubscription {
  readonly shared: SharedSubscription;
  readonly #options: SubscriptionHubOptions;
  readonly #prepared: PreparedSubscription;
  readonly #context: RouterContext;
  #subscription: ExecutableSubscription;
  /** Numbers the subscriptions to the subgraph: what comes from one that was replaced does not count. */
  #round = 0;
  #upstream: Upstream | undefined;
  #leave: (() => void) | undefined;
  #over = false;

  constructor(
    prepared: PreparedSubscription,
    context: RouterContext,
    options: SubscriptionHubOptions,
    onEmpty: () => void,
  ) {
    const { subgraphs, headersOf, format, backPressureOf, observer } = options;
    this.#options = options;
    this.#prepared = prepared;
    this.#context = context;
    this.#subscription = prepared.subscription;
    const field = prepared.subscription.rootField;
    this.shared = new SharedSubscription({
      execute: async (event) =>
        this.#subscription.executeEvent(event, prepared.variables, subgraphs.callWith(await headersOf(context))),
      format,
      coalesce: backPressureOf(field).policy === 'coalesce',
      onDropped: () => observer.dropped(field),
      onEmpty: () => {
        this.#over = true;
        onEmpty();
        this.#leave?.();
      },
    });
    void this.#subscribe();
  }

  async replan(prepare: (source: string, operationName: string | undefined) => Promise<Executable>): Promise<void> {
    const { source, variables } = this.#prepared;
    const { operation, source: before } = this.#subscription;
    try {
      const executable = await prepare(source, operation.name?.value);
      if (this.#over || !isSubscription(executable)) return;
      this.#subscription = executable;
      const same =
        executable.source.subgraph === before.subgraph &&
        this.#options.upstreamOf(before.subgraph) === this.#upstream &&
        stableText(executable.source.request(variables)) === stableText(before.request(variables));
      if (!same) await this.#subscribe();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.shared.failed(error.errors);
    }
  }

  /** Subscribes at the subgraph, and leaves what was subscribed to before when that is done. */
  async #subscribe(): Promise<void> {
    const { upstreamOf, headersOf } = this.#options;
    const { source } = this.#subscription;
    this.#round += 1;
    const round = this.#round;
    const leaveBefore = this.#leave;
    const current = (tell: () => void) => {
      if (round === this.#round) tell();
    };
    this.#upstream = upstreamOf(source.subgraph);
    try {
      this.#leave = await this.#upstream.subscribe(
        source.request(this.#prepared.variables),
        async () => headersOf(this.#context),
        {
          event: (event) => current(() => this.shared.event(event)),
          failed: (errors) => current(() => this.shared.failed(errors)),
          completed: () => current(() => this.shared.completed()),
        },
      );
      leaveBefore?.();
      if (this.#over) this.#leave();
    } catch (error) {
      current(() => this.shared.failed([{ message: (error as Error).message }]));
    }
  }
}
