import pg from 'pg';

const BOUNDARY = /^(begin|start transaction|rollback)\b/;
const NOTHING = { command: '', rowCount: 0, rows: [], fields: [], oid: 0 };

/**
 * A client whose transactions can always be ended. Kysely gives a connection back to its pool only after a `rollback`
 * that succeeded, and not at all when `begin` failed: each connection that breaks in a transaction would be missing from
 * the pool for ever, and after as many breaks as it has connections the service would wait without end. On a connection
 * that is dead both succeed: there is nothing left to roll back, and whatever comes after `begin` says that it is dead.
 */
export class MendedClient extends pg.Client {
  override query(...given: unknown[]): never {
    const answer = (super.query as (...all: unknown[]) => unknown).apply(this, given);
    const [text] = given;
    const ends = typeof text === 'string' && BOUNDARY.test(text);
    if (!ends || typeof (answer as Promise<unknown> | undefined)?.catch !== 'function') return answer as never;
    return (answer as Promise<unknown>).catch((error: unknown) => {
      if ((this as unknown as { _queryable: boolean })._queryable) throw error;
      return NOTHING;
    }) as never;
  }
}
