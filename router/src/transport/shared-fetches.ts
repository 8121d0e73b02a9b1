import type { SubgraphResponse } from '../compile/subgraph-call.ts';
import { DeadlinePassed, type Deadline } from './deadline.ts';
import type { HttpResponse } from './response-reader.ts';
import { failureOf } from './subgraph-failure.ts';

/** Nobody joins a fetch that is older: it may be one that is never answered. */
const MAX_AGE_MS = 1_000;

/** What somebody makes of the response, by when they want it. */
export interface Sharer {
  readonly subgraph: string;
  readonly deadline: Deadline;
  readonly read: (response: HttpResponse) => SubgraphResponse;
}

/** Sends a request. @param read of its response, at once; throws what makes it a failure */
export type Send = (deadline: Deadline, read: (response: HttpResponse) => void) => Promise<void>;

/**
 * Query fetches that are under way. Whoever asks the same subgraph the same meanwhile, for the same identity, is given
 * the same response, which each of them reads for itself. Each waits within its own deadline; the request lasts until the
 * latest. Nobody who asks after a mutation was answered is given what may have been read before it.
 */
export class SharedFetches {
  #underWay = new Map<string, SharedFetch>();

  /** @returns nothing when no such fetch is under way */
  join(key: string, sharer: Sharer): Promise<SubgraphResponse> | undefined {
    const fetch = this.#underWay.get(key);
    return fetch?.isJoinable(performance.now()) ? fetch.join(sharer) : undefined;
  }

  /** Sends a request that others may join. */
  start(key: string, sharer: Sharer, send: Send): Promise<SubgraphResponse> {
    const underWay = this.#underWay;
    const fetch = new SharedFetch();
    underWay.set(key, fetch);
    const answer = fetch.join(sharer);
    fetch.send(send, () => {
      if (underWay.get(key) === fetch) underWay.delete(key);
    });
    return answer;
  }

  /** What is asked from now on is asked anew. */
  invalidate(): void {
    if (this.#underWay.size > 0) this.#underWay = new Map();
  }
}

interface Waiting extends Sharer {
  answered(response: SubgraphResponse): void;
  failed(error: unknown): void;
  timer?: NodeJS.Timeout;
}

class SharedFetch {
  readonly #startedAt = performance.now();
  readonly #deadline: Deadline = { at: 0 };
  readonly #waiting = new Set<Waiting>();

  isJoinable(now: number): boolean {
    return now - this.#startedAt < MAX_AGE_MS;
  }

  join(sharer: Sharer): Promise<SubgraphResponse> {
    this.#deadline.at = Math.max(this.#deadline.at, sharer.deadline.at);
    return new Promise((answered, failed) => {
      this.#waiting.add({ ...sharer, answered, failed });
      // The request has a deadline itself: one who waits alone needs no other.
      if (this.#waiting.size > 1) for (const waiting of this.#waiting) this.#limit(waiting);
    });
  }

  /** @param over nobody can join any more */
  send(send: Send, over: () => void): void {
    const read = (response: HttpResponse): void => {
      over();
      this.#answer(response);
    };
    send(this.#deadline, read).catch((error: unknown) => {
      over();
      for (const waiting of this.#take()) waiting.failed(error);
    });
  }

  /** Each reads for itself: what it is given becomes a part of its own response. @throws what the first one throws */
  #answer(response: HttpResponse): void {
    let fault: { readonly error: unknown } | undefined;
    for (const [index, waiting] of this.#take().entries()) {
      try {
        waiting.answered(waiting.read(response));
      } catch (error) {
        waiting.failed(error);
        if (index === 0) fault = { error };
      }
    }
    if (fault) throw fault.error;
  }

  #limit(waiting: Waiting): void {
    waiting.timer ??= setTimeout(
      () => {
        this.#waiting.delete(waiting);
        waiting.failed(failureOf(waiting.subgraph, new DeadlinePassed()));
      },
      Math.max(0, waiting.deadline.at - performance.now()),
    );
  }

  #take(): readonly Waiting[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    for (const { timer } of all) clearTimeout(timer);
    return all;
  }
}
