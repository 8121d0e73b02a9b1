import { Dispatcher } from './commands/dispatch.ts';
import { SET_NAME } from './commands/handshake.ts';
import { expire } from './store/expiry.ts';
import { Store, type Logger } from './store/store.ts';
import { Account } from './wire/scram.ts';
import { serve } from './wire/server.ts';

export { FolderLocked } from './store/folder-lock.ts';

export interface MongoDevOptions {
  /** Where to listen; a loopback address unless a password is set. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 (the default) takes a free port. */
  readonly port?: number;
  /** The folder of the log; created when missing. */
  readonly dataDir: string;
  /** With a password every client must authenticate by SCRAM-SHA-256. */
  readonly username?: string;
  readonly password?: string;
  readonly logger?: Logger;
}

export interface MongoDev {
  /** With the credentials, if any. */
  readonly uri: string;
  readonly port: number;
  /** Answers what is running, writes everything to disk, frees the folder. */
  stop(): Promise<void>;
}

const SWEEP_MS = 5_000;

/**
 * Starts a development store that speaks MongoDB's wire protocol. It is not MongoDB.
 * @throws FolderLocked when another process uses the folder; Error under NODE_ENV=production.
 */
export async function startMongoDev(options: MongoDevOptions): Promise<MongoDev> {
  const { host = '127.0.0.1', username = 'brigade', password, dataDir, logger = () => undefined } = options;
  if (process.env.NODE_ENV === 'production')
    throw new Error('the development store refuses to run under NODE_ENV=production: use MongoDB');
  if (!password && !['127.0.0.1', '::1', 'localhost'].includes(host))
    throw new Error(`listening on ${host} needs a password`);
  const store = await Store.open(dataDir, logger);
  const dispatcher = new Dispatcher(store, password ? new Account(username, password) : undefined);
  const server = await serve(host, options.port ?? 0, dispatcher.execute, logger).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const sweeper = setInterval(() => {
    dispatcher.sweep(Date.now());
    expire(store, Date.now()).catch((error: unknown) => logger(`expiry failed: ${String(error)}`));
  }, SWEEP_MS).unref();
  const credentials = password ? `${encodeURIComponent(username)}:${encodeURIComponent(password)}@` : '';
  return {
    uri: `mongodb://${credentials}${host.includes(':') ? `[${host}]` : host}:${server.port}/?replicaSet=${SET_NAME}`,
    port: server.port,
    stop: async () => {
      clearInterval(sweeper);
      await server.stop();
      await store.close();
    },
  };
}
