import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocketServer, type WebSocket } from 'ws';
import { Upstream } from './upstream.ts';

/** Waits until something is so. */
const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`never true: ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('the socket to a subgraph', () => {
  let http: Server;
  let upstream: Upstream;
  /** What the subgraph was told, over which of its sockets. */
  let asked: { socket: WebSocket; id: string; variables: unknown; extensions: unknown }[];
  let sockets: WebSocket[];
  let place: number;

  beforeEach(async () => {
    [asked, sockets, place] = [[], [], 0];
    http = createServer();
    new WebSocketServer({ server: http }).on('connection', (socket) => {
      sockets.push(socket);
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; id: string; payload: never };
        if (message.type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (message.type === 'ping') socket.send('{"type":"pong"}');
        if (message.type !== 'subscribe') return;
        const { variables, extensions } = message.payload as { variables: unknown; extensions: unknown };
        asked.push({ socket, id: message.id, variables, extensions });
      });
    });
    await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
    upstream = new Upstream({
      subgraph: 'events',
      url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
      connectionParams: async () => ({}),
      onTrouble: () => {},
      keepAliveMs: 100,
    });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.terminate();
    await upstream.close();
    await new Promise((closed) => http.close(closed));
  });

  const subscribe = async () => {
    const heard: unknown[] = [];
    let signed = 0;
    const leave = await upstream.subscribe(
      {
        request: () => ({ query: 'subscription { a }', variables: { after: place } }),
        extensions: async () => ({ signature: (signed += 1) }),
      },
      {
        event: (event) => heard.push(event),
        failed: (errors) => heard.push(errors),
        completed: () => heard.push('completed'),
      },
    );
    return { heard, leave };
  };
  const say = (index: number, data: unknown) => {
    const { socket, id } = asked[index] ?? {};
    socket?.send(JSON.stringify({ type: 'next', id, payload: { data } }));
  };

  test.each<[string, (socket: WebSocket) => void]>([
    ['breaks', (socket) => socket.terminate()],
    ['goes away', (socket) => socket.close(1_001)],
    ['is closed in good order', (socket) => socket.close(1_000)],
    ['falls silent', (socket) => socket.pause()],
  ])('one that %s is opened anew, and asked for what is wanted by then', async (_what, end) => {
    const { heard } = await subscribe();
    await until(() => asked.length === 1);
    say(0, { a: 1 });
    await until(() => heard.length === 1);
    place = 7;
    if (sockets[0]) end(sockets[0]);
    await until(() => asked.length === 2);
    say(1, { a: 2 });
    await until(() => heard.length === 2);
    expect(heard).toEqual([{ data: { a: 1 } }, { data: { a: 2 } }]);
    expect(asked.map(({ variables }) => variables)).toEqual([{ after: 0 }, { after: 7 }]);
    const signatures = asked.map(({ extensions }) => (extensions as { signature: number }).signature);
    expect(signatures[1]).toBeGreaterThan(signatures[0] ?? 0);
  });

  test('what still comes over one that was given up does not count', async () => {
    const { heard } = await subscribe();
    await until(() => asked.length === 1);
    sockets[0]?.pause();
    await until(() => asked.length === 2);
    say(0, { a: 'late' });
    sockets[0]?.resume();
    say(1, { a: 'in time' });
    await until(() => heard.length > 0);
    expect(heard).toEqual([{ data: { a: 'in time' } }]);
  });

  test('one that answers is kept, also when nothing happens', async () => {
    await subscribe();
    await until(() => asked.length === 1);
    let pings = 0;
    sockets[0]?.on('message', (data) => (pings += String(data).includes('ping') ? 1 : 0));
    await until(() => pings === 4);
    expect(sockets).toHaveLength(1);
  });
});
