/** Ids of ended sessions by when they were ended, milliseconds since the epoch; a sorted set. */
const KEY = 'revoked-sessions';

export interface RevocationsTold {
  readonly redis: {
    exists(key: string): Promise<number>;
    zadd(key: string, ...scored: (string | number)[]): Promise<unknown>;
    zremrangebyscore(key: string, from: string | number, to: string | number): Promise<unknown>;
  };
  /** A token of a session that was ended longer ago has expired, milliseconds. */
  readonly lifetimeMs: number;
  /** Sessions that were ended since. */
  readonly revokedSince: (from: Date) => Promise<readonly { id: string; revokedAt: number }[]>;
}

/** Transactions that end sessions commit a little after the time that they write. */
const LATE_MS = 30_000;

/**
 * Tells whoever verifies access tokens which sessions were ended before their tokens expire. The database is the truth:
 * what Redis has lost is told again. Telling twice changes nothing.
 * @param since what was told last; absent: all that still matters
 * @returns what to pass the next time
 * @throws while Redis or the database is away
 */
export async function tellRevocations(
  { redis, lifetimeMs, revokedSince }: RevocationsTold,
  now: Date,
  since: Date | undefined,
): Promise<Date> {
  const oldest = now.getTime() - lifetimeMs;
  const known = since && (await redis.exists(KEY)) === 1 ? since.getTime() - LATE_MS : oldest;
  const revoked = await revokedSince(new Date(Math.max(oldest, known)));
  const scored = revoked.flatMap(({ id, revokedAt }) => [revokedAt, id]);
  if (scored.length > 0) await redis.zadd(KEY, ...scored);
  await redis.zremrangebyscore(KEY, '-inf', oldest);
  return now;
}
