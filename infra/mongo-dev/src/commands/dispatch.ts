import { MongoError, notImplemented } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { LockedByTransaction } from '../store/unit.ts';
import { isDocument, type Doc } from '../values/document.ts';
import type { Account } from '../wire/scram.ts';
import type { Connection, Execute } from '../wire/server.ts';
import { Authentication } from './authentication.ts';
import { catalog } from './catalog.ts';
import { refuseUnknownOptions, type Command, type Request } from './command.ts';
import { Cursors } from './cursors.ts';
import { diagnostics } from './handshake.ts';
import { indexes } from './indexes.ts';
import { reads } from './reads.ts';
import { sessionOf, Sessions } from './sessions.ts';
import { writes } from './writes.ts';

/** How long a plain command waits for a transaction that holds its documents. */
const LOCK_WAIT_MS = 30_000;

/** Everything behind the socket: finds the command, gives it a unit of work, commits, and answers when it is durable. */
export class Dispatcher {
  private readonly store: Store;
  private readonly cursors = new Cursors();
  private readonly sessions: Sessions;
  private readonly authentication: Authentication;
  private readonly commands: Readonly<Record<string, Command>>;

  constructor(store: Store, account: Account | undefined) {
    this.store = store;
    this.sessions = new Sessions(store);
    this.authentication = new Authentication(account);
    this.commands = {
      ...reads,
      ...writes,
      ...catalog,
      ...indexes,
      ...diagnostics,
      ...this.authentication.commands(),
      ...this.transactionCommands(),
    };
  }

  readonly execute: Execute = async (command, connection) => {
    const name = Object.keys(command)[0] ?? '';
    const known = Object.hasOwn(this.commands, name) ? this.commands[name]! : undefined;
    if (!known) throw new MongoError(59, `no such command: '${name}' (the development store does not implement it)`);
    if (!known.open) this.authentication.require(name, connection);
    refuseUnknownOptions(name, known, command);
    refuseConcerns(command);
    if (command.autocommit === false && known.kind !== 'plain')
      return this.inTransaction(name, known, command, connection);
    if (known.kind === 'write') return this.write(name, known, command, connection);
    return this.waiting(command, async () => known.run(this.request(name, command, connection)));
  };

  /** Forgets what has been idle too long; called every few seconds with the time in ms. */
  sweep(now: number): void {
    this.cursors.sweep(now);
    this.sessions.sweep(now);
  }

  private async inTransaction(name: string, known: Command, command: Doc, connection: Connection): Promise<Doc> {
    const unit = this.sessions.join(command);
    try {
      if (known.kind === 'catalog')
        throw new MongoError(263, `Cannot run '${name}' in a multi-document transaction here`);
      const reply = await known.run({ ...this.request(name, command, connection), unit });
      if ('writeErrors' in reply) this.sessions.abandon(command);
      return reply;
    } catch (error) {
      this.sessions.abandon(command);
      throw error;
    }
  }

  /** A plain write is a unit of its own. One with a txnNumber is remembered and, when retried, answered from memory. */
  private async write(name: string, known: Command, command: Doc, connection: Connection): Promise<Doc> {
    const session = command.txnNumber === undefined ? undefined : sessionOf(command);
    const txnNumber = String(command.txnNumber);
    return this.waiting(command, async () => {
      const earlier = session === undefined ? undefined : this.store.outcomes.get(session);
      if (earlier?.txnNumber === txnNumber) {
        await this.store.flushed();
        return earlier.reply;
      }
      const request = this.request(name, command, connection);
      // Writes run without a pause: between this line and the commit no other command can come.
      const reply = known.run(request) as Doc;
      const durable = this.store.commit(
        request.unit,
        session === undefined ? undefined : { session, txnNumber, reply },
      );
      if (waitsForDisk(command)) await durable;
      return reply;
    });
  }

  /** Runs again whenever the transaction that was in the way has ended. */
  private async waiting(command: Doc, run: () => Promise<Doc>): Promise<Doc> {
    const deadline = Date.now() + (Number(command.maxTimeMS ?? 0) || LOCK_WAIT_MS);
    for (;;) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof LockedByTransaction)) throw error;
        await before(deadline, error.released);
      }
    }
  }

  private request(name: string, command: Doc, connection: Connection): Request {
    const { store, cursors } = this;
    return {
      name,
      command,
      connection,
      store,
      cursors,
      database: typeof command.$db === 'string' ? command.$db : 'test',
      unit: store.begin(false),
    };
  }

  private transactionCommands(): Record<string, Command> {
    return {
      commitTransaction: {
        kind: 'plain',
        options: ['recoveryToken'],
        run: ({ command }) => this.sessions.commit(command),
      },
      abortTransaction: {
        kind: 'plain',
        options: ['recoveryToken'],
        run: ({ command }) => this.sessions.abort(command),
      },
      endSessions: {
        kind: 'plain',
        options: [],
        open: true,
        run: ({ command }) => (this.sessions.end((command.endSessions ?? []) as unknown[]), { ok: 1 }),
      },
    };
  }
}

/** The default of a replica set is majority, which means on disk. */
function waitsForDisk({ writeConcern }: Doc): boolean {
  if (!isDocument(writeConcern)) return true;
  return writeConcern.j === true || (writeConcern.w !== 0 && (writeConcern.w !== 1 || writeConcern.j === undefined));
}

function refuseConcerns({ writeConcern, readConcern }: Doc): void {
  const w = isDocument(writeConcern) ? writeConcern.w : undefined;
  if (w !== undefined && w !== 'majority' && w !== 0 && w !== 1)
    throw new MongoError(100, `Not enough data-bearing nodes for w: ${JSON.stringify(w)}`);
  if (isDocument(readConcern) && readConcern.atClusterTime !== undefined)
    throw notImplemented('readConcern atClusterTime');
}

async function before(deadline: number, released: Promise<void>): Promise<void> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeout.reject(new MongoError(50, 'timed out waiting for a transaction to end')),
    Math.max(0, deadline - Date.now()),
  );
  try {
    await Promise.race([released, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}
