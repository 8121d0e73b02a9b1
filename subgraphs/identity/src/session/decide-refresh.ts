/** A refresh token as it stands. Times are milliseconds since the epoch. */
export interface RefreshTokenState {
  /** When it was exchanged for its successor; null while it is the session's newest. */
  usedAt: number | null;
  expiresAt: number;
  sessionRevoked: boolean;
}

/**
 * - `ROTATE`: hand out the one successor.
 * - `REFUSE`: expired, revoked, or the loser of a race with its own twin.
 * - `REVOKE`: it was used before and somebody has it still: one of the two holders stole it, so the session ends for
 *   both (RFC 9700, 4.14.2).
 */
export type RefreshDecision = 'ROTATE' | 'REFUSE' | 'REVOKE';

/**
 * What becomes of a refresh token that comes in at `now`. Within `graceMs` of its use a second one is taken for a
 * client that sent two requests at once: it gets nothing, but it does not end the session.
 */
export function decideRefresh(token: RefreshTokenState, now: number, graceMs: number): RefreshDecision {
  if (token.sessionRevoked) return 'REFUSE';
  if (token.usedAt !== null) return now - token.usedAt <= graceMs ? 'REFUSE' : 'REVOKE';
  return now < token.expiresAt ? 'ROTATE' : 'REFUSE';
}
