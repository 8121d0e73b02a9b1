import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhen,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Settings } from '../settings/settings.ts';
import { Bulkhead, BulkheadFull } from './bulkhead.ts';
import { DeadlinePassed, type Deadline } from './deadline.ts';
import { SubgraphFailure, failureOf } from './subgraph-failure.ts';

export interface SubgraphGuardOptions extends Pick<
  Settings['subgraphs'],
  'breaker' | 'mostConcurrent' | 'mostWaiting'
> {
  readonly subgraph: string;
  readonly onState: (state: BreakerState) => void;
}

export type BreakerState = 'closed' | 'half-open' | 'open';

/**
 * Keeps one subgraph's trouble its own: a circuit breaker, so that nobody waits for one that has failed several times in
 * a row, and a bulkhead, so that one that is slow does not fill the router with requests.
 */
export class SubgraphGuard {
  readonly #breaker: CircuitBreakerPolicy;
  readonly #failures: ConsecutiveBreaker;
  readonly #bulkhead: Bulkhead;
  readonly #subgraph: string;

  constructor({ subgraph, breaker, mostConcurrent, mostWaiting, onState }: SubgraphGuardOptions) {
    this.#subgraph = subgraph;
    this.#failures = new ConsecutiveBreaker(breaker.failures);
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof SubgraphFailure),
      { halfOpenAfter: breaker.halfOpenAfterMs, breaker: this.#failures },
    );
    this.#bulkhead = new Bulkhead(mostConcurrent, mostWaiting);
    this.#breaker.onStateChange((state) => onState(STATES[state] ?? 'closed'));
  }

  /**
   * @param deadline until when it may wait for its turn
   * @throws SubgraphFailure: that of the request, or `refused` or `timeout` when it is not sent at all
   */
  async run<T>(deadline: Deadline, ask: () => Promise<T>): Promise<T> {
    const waiting = this.#enter(deadline);
    if (waiting) await waiting;
    try {
      return await (this.#isClosed ? this.#runClosed(ask) : this.#breaker.execute(ask));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#refused('it has failed too often', error);
      throw error;
    } finally {
      this.#bulkhead.leave();
    }
  }

  get #isClosed(): boolean {
    return this.#breaker.state === CircuitState.Closed;
  }

  /** As the breaker does it while it is closed, which is nearly always, without what it keeps for other times. */
  async #runClosed<T>(ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      this.#failures.success();
      return answer;
    } catch (error) {
      // Counted by the breaker itself: it may open now.
      if (this.#isClosed) await this.#breaker.execute(() => Promise.reject(error as Error)).catch(() => undefined);
      throw error;
    }
  }

  #enter(deadline: Deadline): Promise<void> | undefined {
    try {
      return this.#bulkhead.enter(deadline)?.catch((error: unknown) => {
        throw error instanceof DeadlinePassed ? failureOf(this.#subgraph, error) : error;
      });
    } catch (error) {
      throw error instanceof BulkheadFull ? this.#refused('too many requests wait for it', error) : error;
    }
  }

  #refused(why: string, cause: Error): SubgraphFailure {
    return new SubgraphFailure(this.#subgraph, 'refused', why, { cause });
  }
}

const STATES: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
};
