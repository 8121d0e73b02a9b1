import { connect, type Socket } from 'node:net';
import WebSocket from 'ws';
import type { Frame, Input, Outcome } from './input.ts';

/** Within so long, milliseconds, each request is answered or its connection closed; generous, for slow machines. */
const DEADLINE_MS = 60_000;

/** A connection without `connection: close` that has brought an answer is left after so long, milliseconds. */
const IDLE_MS = 3_000;
/** A machine so busy that whole requests are late again and again is told so. */
const MAX_ATTEMPTS = 20;

/**
 * Does what an input says. Where the answer should follow from the input alone but says only that this machine was too
 * busy to send it in time, does it again.
 * @throws Error when nothing comes of it in time
 */
export async function send(port: number, input: Input): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await sendOnce(port, input);
    if (attempts === MAX_ATTEMPTS || !LATE.test(outcome.told ?? '')) return outcome;
  }
}

/** 1006: among others, no pong within the heartbeat. */
const LATE = /^(HTTP\/1\.1 408|closed (4408|1006))/;

function sendOnce(port: number, input: Input): Promise<Outcome> {
  if (input.kind === 'bytes') return sendBytes(port, input);
  return input.kind === 'socket operation' ? askOverSocket(port, input.payload) : sendFrames(port, input);
}

/** Calls back when nothing has come of something in time. */
function deadline(reject: (error: Error) => void): NodeJS.Timeout {
  return setTimeout(() => reject(new Error(`neither answered nor closed within ${DEADLINE_MS} ms`)), DEADLINE_MS);
}

async function sendBytes(port: number, input: Input & { kind: 'bytes' }): Promise<Outcome> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: input.ending === 'hold' });
  let timer: NodeJS.Timeout | undefined;
  const closed = new Promise<string>((resolve, reject) => {
    let text = '';
    timer = deadline(reject);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
      // What goes on until one of the two ends it.
      if (isOpenStream(text)) socket.destroy();
      // What was answered over a connection that is kept need not be waited for.
      if (!input.isComparable) socket.setTimeout(IDLE_MS, () => socket.destroy());
    });
    // A connection that is reset is closed.
    socket.on('error', () => {});
    socket.on('end', () => {
      if (input.ending === 'hold') socket.destroy();
    });
    socket.on('close', () => resolve(text));
  });
  try {
    await writeParts(socket, input.parts);
    if (input.ending === 'vanish') socket.destroy();
    if (input.ending === 'end') socket.end();
    const text = await closed;
    return { text, ...(input.isComparable && { told: essence(text) }) };
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function writeParts(socket: Socket, parts: readonly Buffer[]): Promise<void> {
  for (const part of parts) {
    if (socket.destroyed) return;
    socket.write(part);
    if (parts.length > 1) await new Promise((next) => setImmediate(next));
  }
}

const STREAM = /^content-type: (text\/event-stream|multipart\/mixed)/im;
const ENDED = /event: complete|--graphql--/;
const isOpenStream = (text: string): boolean => text.includes('\r\n\r\n') && STREAM.test(text) && !ENDED.test(text);

/** Status, type and, where it is JSON or a stream, the body: without what differs each time. */
function essence(text: string): string {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const type = /^content-type: (.*)$/im.exec(head)?.[1] ?? '';
  const body = /json|event-stream|multipart/.test(type) ? rest.join('\r\n\r\n') : '';
  return [head.split('\r\n')[0], type, body].join('\n');
}

function askOverSocket(port: number, payload: unknown): Promise<Outcome> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  let timer: NodeJS.Timeout | undefined;
  return new Promise<Outcome>((resolve, reject) => {
    timer = deadline(reject);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, { statusCode }) => {
      const text = `HTTP/1.1 ${statusCode}`;
      resolve({ told: text, text });
    });
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('close', (code) => resolve({ told: `closed ${code}`, text: '' }));
    socket.on('message', (data) => {
      const text = String(data);
      const { type } = JSON.parse(text) as { type: string };
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
      else resolve({ told: text, text });
    });
  }).finally(() => {
    clearTimeout(timer);
    socket.terminate();
  });
}

/** Sends frames, and waits until the router has read them all or has closed the socket. */
function sendFrames(port: number, { frames, ending }: Input & { kind: 'socket' }): Promise<Outcome> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
  let timer: NodeJS.Timeout | undefined;
  let text = '';
  return new Promise<Outcome>((resolve, reject) => {
    timer = deadline(reject);
    socket.on('error', () => {});
    socket.on('close', () => resolve({ text }));
    socket.on('message', (data) => {
      text += `${String(data)}\n`;
      if (String(data) === '{"type":"pong","payload":{"last":true}}') resolve({ text });
    });
    socket.on('open', () => {
      for (const frame of frames) write(socket, frame);
      if (ending === 'vanish') socket.terminate();
      else write(socket, { text: '{"type":"ping","payload":{"last":true}}' });
    });
  }).finally(() => {
    clearTimeout(timer);
    socket.terminate();
  });
}

function write(socket: WebSocket, frame: Frame): void {
  if (socket.readyState !== socket.OPEN) return;
  if ('text' in frame) socket.send(frame.text);
  else if ('binary' in frame) socket.send(frame.binary);
  // Past the library, whose frames are all right.
  else (socket as unknown as { _socket: Socket })._socket.write(frame.raw);
}
