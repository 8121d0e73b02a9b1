import type { GraphQLFormattedError } from 'graphql';
import type { RouterContext } from '../http/request-context.ts';
import type { SubgraphClients } from '../transport/subgraph-clients.ts';
import { OpenSubscription, type Prepare, type PreparedSubscription } from './open-subscription.ts';
import type { BackPressure } from './outbox.ts';
import type { SubscriptionListener } from './shared-subscription.ts';
import { stableText } from './stable-text.ts';
import type { Upstream } from './upstream.ts';

/** So many subscriptions are planned anew at a time: the planner serves requests besides. */
const REPLANNED_AT_ONCE = 20;

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
    /** An event has been given to everybody, so many seconds after it came from the subgraph. */
    told(field: string, lagSeconds: number): void;
    /** A plan could not be had; the old one stays in use. */
    failed(error: unknown): void;
  };
}

/**
 * Subscriptions of clients on subscriptions to subgraphs. Those of one identity that ask for the same share one: never
 * two identities, because what an answer holds may depend on who asks.
 */
export class SubscriptionHub {
  readonly #options: SubscriptionHubOptions;
  readonly #open = new Map<string | symbol, OpenSubscription>();
  #prepare: Prepare | undefined;

  constructor(options: SubscriptionHubOptions) {
    this.#options = options;
  }

  /** @returns leaves the subscription; the listener is told nothing any more */
  subscribe(prepared: PreparedSubscription, context: RouterContext, listener: SubscriptionListener): () => void {
    const key = keyOf(prepared, context);
    let open = this.#open.get(key);
    if (!open) {
      open = new OpenSubscription(prepared, context, this.#options, () => {
        this.#open.delete(key);
        this.#options.observer.upstreams(this.#open.size);
      });
      this.#open.set(key, open);
      this.#options.observer.upstreams(this.#open.size);
      // It may have been prepared by a supergraph that has been replaced since.
      if (this.#prepare) void this.#replan(open, this.#prepare);
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
  async replan(prepare: Prepare): Promise<void> {
    this.#prepare = prepare;
    const waiting = [...this.#open.values()].values();
    await Promise.all(
      Array.from({ length: REPLANNED_AT_ONCE }, async () => {
        for (const open of waiting) await this.#replan(open, prepare);
      }),
    );
  }

  async #replan(open: OpenSubscription, prepare: Prepare): Promise<void> {
    await open.replan(prepare).catch((error: unknown) => this.#options.observer.failed(error));
  }
}

/** What is shared has a key of its content. A client that says where to begin shares with nobody: others are further. */
function keyOf({ subscription, source, variables }: PreparedSubscription, context: RouterContext): string | symbol {
  const { operation } = subscription;
  return subscription.source.beginsAtCursor(variables)
    ? Symbol(operation.name?.value)
    : stableText([source, operation.name?.value, variables, context.identity]);
}
