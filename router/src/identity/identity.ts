/** Who is asking, as the router knows it. */
export type Identity = { kind: 'anonymous' } | { kind: 'user'; userId: string; roles: readonly string[] };

/** The access token is none, or not valid. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code = 'UNAUTHENTICATED';
}

/** There are no keys to tell whether a token is valid. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  readonly code = 'SUBGRAPH_UNAVAILABLE';
}
