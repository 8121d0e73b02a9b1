import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  bulkhead,
  circuitBreaker,
  handleWhen,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Settings } from '../settings/settings.ts';
import { SubgraphFailure } from './subgraph-failure.ts';

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
  readonly #bulkhead: BulkheadPolicy;
  readonly #subgraph: string;

  constructor({ subgraph, breaker, mostConcurrent, mostWaiting, onState }: SubgraphGuardOptions) {
    this.#subgraph = subgraph;
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof SubgraphFailure),
      { halfOpenAfter: breaker.halfOpenAfterMs, breaker: new ConsecutiveBreaker(breaker.failures) },
    );
    this.#bulkhead = bulkhead(mostConcurrent, mostWaiting);
    this.#breaker.onStateChange((state) => onState(STATES[state] ?? 'closed'));
  }

  /** @throws SubgraphFailure: that of the request, or `refused` when it is not sent at all */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await this.#bulkhead.execute(() => this.#breaker.execute(ask));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw this.#refused('it has failed too often', error);
      if (error instanceof BulkheadRejectedError) throw this.#refused('too many requests wait for it', error);
      throw error;
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
