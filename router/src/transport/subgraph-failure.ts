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
    options?: ErrorOptions,
  ) {
    super(`${subgraph}: ${message}`, options);
  }
}
