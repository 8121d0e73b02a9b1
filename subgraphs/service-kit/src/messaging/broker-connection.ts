import { Connection } from 'rabbitmq-client';
import type { Logger } from '../observe/logger.ts';

/** How long an orderly end may take, milliseconds. */
const CLOSE_WITHIN_MS = 1_000;

/** A connection that makes itself anew for as long as it is not closed. `name` is shown in the broker's management page. */
export function connectBroker({ url, name, log }: { url: string; name: string; log: Logger }): Connection {
  const connection = new Connection({
    url,
    connectionName: name,
    heartbeat: 10,
    connectionTimeout: 5_000,
    retryLow: 200,
    retryHigh: 3_000,
    acquireTimeout: 5_000,
  });
  connection.on('error', (error) =>
    log.warn({ err: error as Error, connection: name }, 'broker connection lost, reconnecting'),
  );
  connection.on('connection.blocked', (reason) =>
    log.warn({ reason, connection: name }, 'the broker blocks publishers'),
  );
  connection.on('connection.unblocked', () => log.info({ connection: name }, 'the broker takes messages again'));
  return connection;
}

/**
 * Closes what works on a connection, and then the connection. A broker that is short of memory or disk reads nothing
 * from a publisher, its goodbye included, and would keep a process from ending: after a second the socket is destroyed.
 */
export async function closeConnection(connection: Connection, ...users: { close(): Promise<void> }[]): Promise<void> {
  const orderly = Promise.all(users.map((user) => user.close())).then(() => connection.close());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), CLOSE_WITHIN_MS);
  });
  const ended = await Promise.race([orderly, late]).finally(() => clearTimeout(timer));
  if (ended !== 'late') return;
  orderly.catch(() => {}); // what was under way is rejected, and nobody waits for it
  connection.unsafeDestroy();
}
