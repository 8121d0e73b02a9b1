import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let proxy: TcpProxy;
let client: Socket;
let received = '';

beforeEach(async () => {
  received = '';
  echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  await new Promise<void>((listening) => echo.listen(0, '127.0.0.1', listening));
  proxy = await TcpProxy.open({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
  client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => {});
  client.on('data', (chunk) => (received += String(chunk)));
  await once(client, 'connect');
});
afterEach(() => {
  client.destroy();
  proxy.close();
  echo.close();
});

const untilReceived = async (text: string) => {
  while (received !== text) await once(client, 'data');
};

test('in fair weather everything arrives, in order', async () => {
  const text = 'x'.repeat(3_000_000);
  client.write(text);
  await untilReceived(text);
});

test('latency delays, and changes no order', async () => {
  proxy.become({ kind: 'latency', ms: 20, jitterMs: 15 });
  const words = Array.from({ length: 30 }, (_, index) => `${index} `);
  const started = performance.now();
  for (const word of words) client.write(word);
  await untilReceived(words.join(''));
  expect(performance.now() - started).toBeGreaterThan(10); // a lower bound only: there and back at 5 ms at least
});

test('a black hole keeps what was sent until it is over', async () => {
  proxy.become({ kind: 'black hole' });
  client.write('hello');
  const other = connect(proxy.port, '127.0.0.1');
  other.on('error', () => {});
  await once(other, 'connect'); // the hole takes connections too
  other.destroy();
  expect(received).toBe('');
  proxy.become({ kind: 'fair' });
  await untilReceived('hello');
});

test('a reset ends the connection, and the next one is welcome', async () => {
  const closed = new Promise((resolve) => client.once('close', resolve)); // `once` would fail with its error
  proxy.reset();
  await closed;
  client = connect(proxy.port, '127.0.0.1');
  client.on('error', () => {});
  client.on('data', (chunk) => (received += String(chunk)));
  client.write('again');
  await untilReceived('again');
});
