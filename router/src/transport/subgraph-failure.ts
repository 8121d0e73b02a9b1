import { ConnectionLost } from './connection-lost.ts';
import { DeadlinePassed } from './deadline.ts';

/** Why a subgraph gave no GraphQL response; what clients are told of it is decided where errors are formatted. */
export class SubgraphFailure extends Error {
  override readonly name = 'SubgraphFailure';
  readonly extensions = { code: 'DOWNSTREAM_SERVICE_ERROR' };

  constructor(
    readonly subgraph: string,
    /** - `unreachable`: nobody answered
     * - `timeout`: not within its deadline
     * - `invalid`: what came is no GraphQL response, or is too large
     * - `refused`: it was not asked, because it fails or too many wait for it */
    readonly reason: 'unreachable' | 'timeout' | 'invalid' | 'refused',
    message: string,
    options?: ErrorOptions & {
      /** Whether the request was sent twice already. */
      readonly wasRepeated?: boolean;
    },
  ) {
    super(`${subgraph}: ${message}`, options);
    this.wasRepeated = options?.wasRepeated ?? false;
  }

  readonly wasRepeated: boolean;

  /** Whether it is certain that the subgraph did not look at the request. */
  get wasNotSent(): boolean {
    return this.cause instanceof ConnectionLost && this.cause.when === 'not-sent';
  }
}

/** @param error as a transport found it */
export function failureOf(subgraph: string, error: Error, wasRepeated = false): SubgraphFailure {
  const options = { cause: error, wasRepeated };
  if (error instanceof DeadlinePassed) {
    return new SubgraphFailure(subgraph, 'timeout', 'no answer within its deadline', options);
  }
  const reason = error instanceof ConnectionLost ? 'unreachable' : 'invalid';
  return new SubgraphFailure(subgraph, reason, error.message, options);
}
