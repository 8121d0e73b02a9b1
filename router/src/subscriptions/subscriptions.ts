import type { GraphQLFormattedError } from 'graphql';
import { compoundKey } from '../cache/compound-key.ts';
import { isSubscription } from '../compile/compile-operation.ts';
import type { RouterContext } from '../http/request-context.ts';
import type { Prepared } from '../pipeline/engine.ts';
import { refusal } from '../pipeline/refusal.ts';
import { Backlog, Backlogs } from './backlog.ts';
import { Outbox, type BackPressure, type OutboxOptions } from './outbox.ts';
import type { SubscriptionListener } from './shared-subscription.ts';
import type { SubscriptionHub } from './subscription-hub.ts';

const QUEUED_UNLESS_TOLD = 1_000;

/** Why a subscription whose events nobody takes is ended; its client may subscribe again. */
export const slowConsumer: GraphQLFormattedError = {
  message: 'The client reads more slowly than events come.',
  extensions: { code: 'SLOW_CONSUMER' },
};

export interface SubscriptionsOptions {
  readonly hub: SubscriptionHub;
  readonly backPressure: Readonly<Record<string, 'coalesce' | number>>;
  readonly mostPerIdentity: number;
  readonly mostWaitingBytes: number;
  readonly observer: {
    /** Subscriptions of clients that are open. */
    open(count: number): void;
    dropped(field: string): void;
    /** Counts events that are written to a client. */
    delivered(field: string): { inc(): void };
    overflowed(field: string): void;
  };
}

/** What every lane that serves subscriptions does the same: count them, and say what happens when a client is slow. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #byClient = new Map<string, number>();
  /** Of the connections that have subscriptions. */
  readonly backlogs = new Backlogs();
  #open = 0;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /**
   * Opens a subscription for one client.
   * @returns leaves it; the listener is told nothing any more
   * @throws Refusal (429) when the client has too many
   */
  open(
    { executable, source, variables }: Prepared,
    context: RouterContext,
    listener: SubscriptionListener,
  ): () => void {
    if (!isSubscription(executable)) throw new Error('not a subscription');
    const release = this.#count(whoOf(context));
    const leave = this.#options.hub.subscribe({ subscription: executable, source, variables }, context, {
      next: (text) => listener.next(text),
      failed(errors: readonly GraphQLFormattedError[]) {
        release();
        listener.failed(errors);
      },
      completed() {
        release();
        listener.completed();
      },
    });
    return () => {
      release();
      leave();
    };
  }

  /**
   * Begins to measure a connection.
   * @param sendingBytes what is on its way over it now
   */
  connect(sendingBytes: () => number): Backlog {
    const backlog = new Backlog(sendingBytes);
    this.backlogs.add(backlog);
    return backlog;
  }

  disconnect(backlog: Backlog): void {
    this.backlogs.remove(backlog);
  }

  /** Where the events of a subscription wait for a client that does not take them in time. */
  outbox({ executable }: Prepared, options: Pick<OutboxOptions, 'backlog' | 'isOpen' | 'send' | 'onOverflow'>): Outbox {
    const field = isSubscription(executable) ? executable.rootField : '';
    const { observer, mostWaitingBytes } = this.#options;
    const delivered = observer.delivered(field);
    return new Outbox({
      backlog: options.backlog,
      mostWaitingBytes,
      isOpen: options.isOpen,
      send(text) {
        delivered.inc();
        options.send(text);
      },
      backPressure: backPressureOf(this.#options.backPressure, field),
      onDropped: () => observer.dropped(field),
      onOverflow() {
        observer.overflowed(field);
        options.onOverflow();
      },
    });
  }

  #count(who: string): () => void {
    const { mostPerIdentity, observer } = this.#options;
    const open = this.#byClient.get(who) ?? 0;
    if (open >= mostPerIdentity) {
      throw refusal(429, 'TOO_MANY_SUBSCRIPTIONS', 'Too many subscriptions are open for this client.');
    }
    this.#byClient.set(who, open + 1);
    this.#open += 1;
    observer.open(this.#open);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      const left = (this.#byClient.get(who) ?? 1) - 1;
      if (left > 0) this.#byClient.set(who, left);
      else this.#byClient.delete(who);
      this.#open -= 1;
      observer.open(this.#open);
    };
  }
}

/** Who is counted: a user, wherever; of those who are nobody, each address for itself. */
const whoOf = ({ identity, address }: RouterContext): string =>
  identity.kind === 'user' ? compoundKey('user', identity.userId) : compoundKey('address', address);

/** @param settings by the name of a field: `coalesce`, or how many events may wait */
export function backPressureOf(settings: SubscriptionsOptions['backPressure'], field: string): BackPressure {
  const told = Object.hasOwn(settings, field) ? settings[field] : undefined;
  return told === 'coalesce' ? { policy: 'coalesce' } : { policy: 'queue', most: told ?? QUEUED_UNLESS_TOLD };
}
