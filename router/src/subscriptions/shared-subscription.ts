import type { GraphQLFormattedError } from 'graphql';
import type { OperationResult } from '../compile/compile-operation.ts';

/** So many events wait to be completed where none of them may be left out. */
const MOST_UNCOMPLETED = 10_000;

/** Why a subscription is ended whose events come faster than other subgraphs answer for them. */
const tooManyEvents: GraphQLFormattedError = {
  message: 'Events come faster than they can be completed.',
  extensions: { code: 'TOO_MANY_EVENTS' },
};

/** Who subscribed. Each is told of an end once, and of nothing afterwards. */
export interface SubscriptionListener {
  /** @param text a GraphQL response as JSON */
  next(text: string): void;
  failed(errors: readonly GraphQLFormattedError[]): void;
  completed(): void;
}

export interface SharedSubscriptionOptions<Event> {
  /** Completes an event from other subgraphs and shapes it. */
  readonly execute: (event: Event) => Promise<OperationResult>;
  /** How clients are told of errors. */
  readonly format: (error: GraphQLFormattedError) => GraphQLFormattedError;
  /** While one event is being completed only the newest of those behind it counts. */
  readonly coalesce: boolean;
  readonly onDropped: () => void;
  /** An event has been given to everybody. */
  readonly onTold: (event: Event) => void;
  /** The last one has gone, or there is nothing more to come. */
  readonly onEmpty: () => void;
  readonly mostUncompleted?: number;
}

/** One subscription to a subgraph for everybody who asked for the same: each event is completed and serialised once. */
export class SharedSubscription<Event> {
  readonly #options: SharedSubscriptionOptions<Event>;
  readonly #listeners = new Set<SubscriptionListener>();
  #events: Event[] = [];
  #working = false;
  #ending: ((listener: SubscriptionListener) => void) | undefined;
  #over = false;

  constructor(options: SharedSubscriptionOptions<Event>) {
    this.#options = options;
  }

  add(listener: SubscriptionListener): void {
    this.#listeners.add(listener);
  }

  remove(listener: SubscriptionListener): void {
    if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#finish();
  }

  event(event: Event): void {
    if (this.#over || this.#ending) return;
    const { coalesce, onDropped, mostUncompleted = MOST_UNCOMPLETED } = this.#options;
    if (coalesce && this.#events.length > 0) {
      onDropped();
      this.#events = [event];
    } else if (this.#events.length >= mostUncompleted) {
      this.#events = [];
      this.failed([tooManyEvents]);
      return;
    } else this.#events.push(event);
    if (!this.#working) void this.#work();
  }

  failed(errors: readonly GraphQLFormattedError[]): void {
    const told = errors.map(this.#options.format);
    this.#end((listener) => listener.failed(told));
  }

  completed(): void {
    this.#end((listener) => listener.completed());
  }

  /** In order: what came before the end is told before the end. */
  #end(tell: (listener: SubscriptionListener) => void): void {
    this.#ending ??= tell;
    if (!this.#working) this.#tellEnd();
  }

  async #work(): Promise<void> {
    this.#working = true;
    for (let event = this.#events.shift(); event && !this.#over; event = this.#events.shift()) {
      const text = await this.#complete(event);
      for (const listener of this.#listeners) listener.next(text);
      this.#options.onTold(event);
    }
    this.#working = false;
    if (this.#ending) this.#tellEnd();
  }

  async #complete(event: Event): Promise<string> {
    const { execute, format } = this.#options;
    try {
      const { errors, ...rest } = await execute(event);
      return JSON.stringify(errors ? { ...rest, errors: errors.map(format) } : rest);
    } catch (error) {
      return JSON.stringify({ errors: [format({ message: (error as Error).message })] });
    }
  }

  #tellEnd(): void {
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) this.#ending?.(listener);
    this.#finish();
  }

  #finish(): void {
    if (this.#over) return;
    this.#over = true;
    this.#events = [];
    this.#options.onEmpty();
  }
}
