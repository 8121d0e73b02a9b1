/** Why a subgraph gave no GraphQL response; what clients are told of it is decided where errors are formatted. */
export class SubgraphFailure extends Error {
  override readonly name = 'SubgraphFailure';
  readonly extensions = { code: 'DOWNSTREAM_SERVICE_ERROR' };

  constructor(
    readonly subgraph: string,
    /** - `unreachable`: nobody answered
     * - `timeout`: not within its deadline
     * - `invalid`: what came is no GraphQL response, or is too large */
    readonly reason: 'unreachable' | 'timeout' | 'invalid',
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${subgraph}: ${message}`, options);
  }
}
