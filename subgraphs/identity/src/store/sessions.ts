import type { EntityManager } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { RefreshTokenState } from '../session/decide-refresh.ts';
import { hashRefreshToken, newRefreshToken } from '../session/refresh-token.ts';

export interface FoundToken extends RefreshTokenState {
  hash: string;
  sessionId: string;
  accountId: string;
}

/** A refresh token, which is stored nowhere, and the session that it belongs to. */
export interface SessionToken {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** Begins a session; answers its first refresh token. */
export async function startSession(
  tx: EntityManager,
  accountId: string,
  now: Date,
  refreshMs: number,
): Promise<SessionToken> {
  const sessionId = uuidv7();
  const expiresAt = new Date(now.getTime() + refreshMs);
  await tx.execute('insert into sessions (id, account_id, created_at, expires_at) values (?, ?, ?, ?)', [
    sessionId,
    accountId,
    now,
    expiresAt,
  ]);
  return issueToken(tx, sessionId, now, expiresAt);
}

/** The token and its session, both locked until the transaction ends: of two at once, one waits for the other. */
export async function lockToken(tx: EntityManager, token: string): Promise<FoundToken | undefined> {
  const [row] = await tx.execute<
    {
      hash: string;
      session_id: string;
      account_id: string;
      used_at: string | null;
      expires_at: string;
      revoked: boolean;
    }[]
  >(
    `select t.hash, t.session_id, s.account_id, s.revoked_at is not null as revoked,
            extract(epoch from t.used_at) * 1000 as used_at, extract(epoch from t.expires_at) * 1000 as expires_at
     from refresh_tokens t join sessions s on s.id = t.session_id
     where t.hash = ? for update of t, s`,
    [hashRefreshToken(token)],
  );
  return (
    row && {
      hash: row.hash,
      sessionId: row.session_id,
      accountId: row.account_id,
      usedAt: row.used_at === null ? null : Number(row.used_at),
      expiresAt: Number(row.expires_at),
      sessionRevoked: row.revoked,
    }
  );
}

/** Exchanges a locked token for its one successor. */
export async function rotateToken(
  tx: EntityManager,
  token: FoundToken,
  now: Date,
  refreshMs: number,
): Promise<SessionToken> {
  const expiresAt = new Date(now.getTime() + refreshMs);
  await tx.execute('update refresh_tokens set used_at = ? where hash = ?', [now, token.hash]);
  await tx.execute('update sessions set expires_at = ? where id = ?', [expiresAt, token.sessionId]);
  return issueToken(tx, token.sessionId, now, expiresAt);
}

export async function revokeSession(tx: EntityManager, sessionId: string, now: Date): Promise<void> {
  await tx.execute('update sessions set revoked_at = coalesce(revoked_at, ?) where id = ?', [now, sessionId]);
}

/** Sessions that were ended before their time, by when: since `from`. */
export async function revokedSessions(em: EntityManager, from: Date): Promise<{ id: string; revokedAt: number }[]> {
  const rows = await em.execute<{ id: string; at: string }[]>(
    'select id, extract(epoch from revoked_at) * 1000 as at from sessions where revoked_at >= ?',
    [from],
  );
  return rows.map(({ id, at }) => ({ id, revokedAt: Number(at) }));
}

/** Forgets sessions whose last token has expired. */
export async function forgetExpiredSessions(em: EntityManager, now: Date): Promise<void> {
  await em.execute('delete from sessions where expires_at < ?', [now]);
}

async function issueToken(tx: EntityManager, sessionId: string, now: Date, expiresAt: Date): Promise<SessionToken> {
  const refreshToken = newRefreshToken();
  await tx.execute('insert into refresh_tokens (hash, session_id, issued_at, expires_at) values (?, ?, ?, ?)', [
    hashRefreshToken(refreshToken),
    sessionId,
    now,
    expiresAt,
  ]);
  return { sessionId, refreshToken };
}
