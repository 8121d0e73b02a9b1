/** Who is asking, as the router knows it. */
export type Identity =
  { kind: 'anonymous' } | { kind: 'user'; userId: string; roles: readonly string[]; scopes: readonly string[] };

/** Who is asking, and for how long that may be believed. */
export interface Authenticated {
  readonly identity: Identity;
  /** When the token expires, milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** The session that the token belongs to, if it says so. */
  readonly sessionId?: string;
}

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
