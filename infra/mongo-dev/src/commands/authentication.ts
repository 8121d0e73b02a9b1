import { Binary } from 'bson';
import { MongoError, notImplemented } from '../errors.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { Conversation, type Account } from '../wire/scram.ts';
import type { Connection } from '../wire/server.ts';
import type { Command } from './command.ts';
import { describe } from './handshake.ts';

/** Who has proved the password on which connection. Without an account everybody may do everything. */
export class Authentication {
  private readonly account: Account | undefined;
  private readonly conversations = new WeakMap<Connection, Conversation>();
  private readonly proved = new WeakSet<Connection>();

  constructor(account: Account | undefined) {
    this.account = account;
  }

  /** Throws code 13 before the client has authenticated. */
  require(name: string, connection: Connection): void {
    if (this.account && !this.proved.has(connection))
      throw new MongoError(13, `Command ${name} requires authentication`);
  }

  /** The commands of the handshake, which carry the first step of SCRAM on request. */
  commands(): Record<string, Command> {
    const hello: Command = {
      kind: 'plain',
      open: true,
      options: [
        'helloOk',
        'client',
        'compression',
        'loadBalanced',
        'topologyVersion',
        'maxAwaitTimeMS',
        'saslSupportedMechs',
        'speculativeAuthenticate',
        'backpressure',
      ],
      run: ({ command, connection }) => {
        const mechanisms = command.saslSupportedMechs && this.account ? ['SCRAM-SHA-256'] : undefined;
        const start = command.speculativeAuthenticate;
        const speculative =
          isDocument(start) && start.mechanism === 'SCRAM-SHA-256' && this.account
            ? this.start(start, connection)
            : undefined;
        return {
          ...describe({ command, connection }, mechanisms),
          ...(speculative && { speculativeAuthenticate: speculative }),
        };
      },
    };
    return {
      hello,
      ismaster: hello,
      isMaster: hello,
      saslStart: {
        kind: 'plain',
        open: true,
        options: ['mechanism', 'payload', 'autoAuthorize', 'options'],
        run: ({ command, connection }) => this.start(command, connection),
      },
      saslContinue: {
        kind: 'plain',
        open: true,
        options: ['conversationId', 'payload'],
        run: ({ command, connection }) => this.proceed(command, connection),
      },
      logout: {
        kind: 'plain',
        open: true,
        options: [],
        run: ({ connection }) => (this.proved.delete(connection), { ok: 1 }),
      },
    };
  }

  private start(command: Doc, connection: Connection): Doc {
    if (command.mechanism !== 'SCRAM-SHA-256')
      throw notImplemented(`authentication mechanism ${String(command.mechanism)}`);
    if (!this.account) throw new MongoError(18, 'Authentication failed: this store has no password.');
    const conversation = new Conversation(this.account, payloadOf(command));
    this.conversations.set(connection, conversation);
    return step(conversation.serverFirst, false);
  }

  private proceed(command: Doc, connection: Connection): Doc {
    const conversation = this.conversations.get(connection);
    // A client that asks for no empty exchange still may send one after the proof.
    if (!conversation && this.proved.has(connection)) return step('', true);
    if (!conversation) throw new MongoError(18, 'Authentication failed.');
    this.conversations.delete(connection);
    const signature = conversation.verify(payloadOf(command));
    this.proved.add(connection);
    return step(signature, true);
  }
}

function payloadOf({ payload }: Doc): Buffer {
  if (!(payload instanceof Binary)) throw new MongoError(18, 'Authentication failed.');
  return Buffer.from(payload.value());
}

const step = (payload: string, done: boolean): Doc => ({
  conversationId: 1,
  done,
  payload: new Binary(Buffer.from(payload)),
  ok: 1,
});
