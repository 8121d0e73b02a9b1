import { createServer, type Server, type Socket } from 'node:net';
import { MongoError } from '../errors.ts';
import type { Doc } from '../values/document.ts';
import { encodeReply, parseMessage, ProtocolError, splitMessages } from './messages.ts';

/** What the store keeps about one connection. */
export interface Connection {
  readonly id: number;
  /** The address the client reached, which is also the address of the replica set's only member. */
  readonly address: string;
}

/** Answers one command; never rejects with anything but MongoError. */
export type Execute = (command: Doc, connection: Connection) => Promise<Doc>;

export interface WireServer {
  readonly port: number;
  /** Stops listening, lets running commands answer, closes every connection. */
  stop(): Promise<void>;
}

/** Listens and answers each connection's messages in order. `connected` makes the state of a connection. */
export async function serve(
  host: string,
  port: number,
  execute: Execute,
  logger: (message: string) => void,
): Promise<WireServer> {
  const open = new Map<Socket, () => Promise<void>>();
  let lastId = 0;
  const server = createServer((socket) => {
    const address = socket.localAddress?.includes(':') ? `[${socket.localAddress}]` : socket.localAddress;
    const connection = { id: ++lastId, address: `${address}:${socket.localPort}` };
    open.set(socket, converse(socket, connection, execute, logger));
    socket.once('close', () => open.delete(socket));
  });
  await listen(server, host, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([...open].map(async ([socket, idle]) => (await idle(), socket.destroy())));
      await closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => (server.off('error', reject), resolve()));
  });
}

/** Returns a function that settles when the connection has nothing left to answer (or has waited a second). */
function converse(
  socket: Socket,
  connection: Connection,
  execute: Execute,
  logger: (message: string) => void,
): () => Promise<void> {
  let chunks: Buffer[] = [];
  let size = 0;
  let expected = 4;
  let queue: Promise<void> = Promise.resolve();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    // Joining only when a whole message is there keeps a large one from being copied once per chunk.
    if (size < expected) return;
    try {
      const { messages, rest } = splitMessages(Buffer.concat(chunks));
      chunks = rest.length > 0 ? [rest] : [];
      size = rest.length;
      expected = rest.length >= 4 ? rest.readInt32LE(0) : 4;
      for (const message of messages) queue = queue.then(() => answer(socket, connection, message, execute, logger));
    } catch (error) {
      reject(socket, error, logger);
    }
  });
  return () => Promise.race([queue, new Promise<void>((resolve) => setTimeout(resolve, 1000).unref())]);
}

async function answer(
  socket: Socket,
  connection: Connection,
  bytes: Buffer,
  execute: Execute,
  logger: (message: string) => void,
): Promise<void> {
  try {
    const message = parseMessage(bytes);
    const reply = await execute(message.command, connection).catch((error: unknown) => errorReply(error, logger));
    if (!message.silent && socket.writable) socket.write(encodeReply(message, reply));
  } catch (error) {
    reject(socket, error, logger);
  }
}

function reject(socket: Socket, error: unknown, logger: (message: string) => void): void {
  logger(`closed a connection: ${error instanceof ProtocolError ? error.message : String(error)}`);
  socket.destroy();
}

export function errorReply(error: unknown, logger: (message: string) => void): Doc {
  if (!(error instanceof MongoError)) {
    logger(`internal error: ${error instanceof Error ? error.stack : String(error)}`);
    return {
      ok: 0,
      code: 1,
      codeName: 'InternalError',
      errmsg: error instanceof Error ? error.message : String(error),
    };
  }
  const labels = error.labels.length > 0 ? { errorLabels: error.labels } : {};
  return { ok: 0, code: error.code, codeName: error.codeName, errmsg: error.message, ...error.details, ...labels };
}
