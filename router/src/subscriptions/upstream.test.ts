import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
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
  /** Pauses before the socket was opened again, milliseconds. */
  let pauses: number[];
  let troubles: unknown[];
  /** What becomes of a socket that has been acknowledged. */
  let acknowledged: (socket: WebSocket) => void;

  beforeEach(async () => {
    [asked, sockets, place, pauses, troubles] = [[], [], 0, [], []];
    acknowledged = () => {};
    http = createServer();
    new WebSocketServer({ server: http }).on('connection', (socket) => {
      sockets.push(socket);
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; id: string; payload: never };
        if (message.type === 'connection_init') {
          socket.send('{"type":"connection_ack"}');
          acknowledged(socket);
        }
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
      onTrouble: (error) => troubles.push(error),
      keepAliveMs: 100,
      wait: async (ms) => void pauses.push(ms),
    });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.terminate();
    await upstream.close();
    // One may have been opened meanwhile.
    for (const socket of sockets) socket.terminate();
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

  test('one that fails is closed, and its end is none of the next one', async () => {
    const { heard } = await subscribe();
    for (const failing of [0, 1, 2]) {
      await until(() => asked.length === failing + 1);
      // A frame with a reserved bit.
      (sockets[failing] as unknown as { _socket: Socket })._socket.write(Buffer.from([0xf1, 1, 0x78]));
    }
    await until(() => asked.length === 4);
    await until(() => sockets.filter(({ readyState }) => readyState < 2).length === 1);
    say(3, { a: 1 });
    await until(() => heard.length === 1);
    expect([sockets.length, asked.length]).toEqual([4, 4]);
  });

  test('one that answers is kept, also when nothing happens', async () => {
    await subscribe();
    await until(() => asked.length === 1);
    let pings = 0;
    sockets[0]?.on('message', (data) => (pings += String(data).includes('ping') ? 1 : 0));
    await until(() => pings === 4);
    expect(sockets).toHaveLength(1);
  });

  test.each<[string, (socket: WebSocket) => void]>([
    ['breaks', (socket) => socket.terminate()],
    ['is closed in good order', (socket) => socket.close(1_000)],
    ['is closed for a restart', (socket) => socket.close(1_012)],
  ])('when each one %s as soon as it is acknowledged, the pauses grow all the same', async (_what, end) => {
    acknowledged = end;
    await subscribe();
    await until(() => pauses.length >= 5);
    expect(pauses.slice(0, 5)).toEqual(pauses.slice(0, 5).toSorted((one, other) => one - other));
    expect(pauses[4]).toBeGreaterThan(8 * (pauses[0] ?? 0) - 1);
  });

  describe('a message that breaks the protocol', () => {
    const DOWNSTREAM = { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'events' };
    const broken = [[{ message: expect.any(String), extensions: DOWNSTREAM }]];

    /** Sends something about the first of two subscriptions, then an event to both; answers what each of them heard. */
    const sendAmong = async (data: string | Buffer | ((id: string) => object)) => {
      const [one, other] = [await subscribe(), await subscribe()];
      await until(() => asked.length === 2);
      const { socket, id = '' } = asked[0] ?? {};
      socket?.send(typeof data === 'function' ? JSON.stringify(data(id)) : data);
      say(0, { a: 1 });
      say(1, { a: 2 });
      await until(() => other.heard.length > 0);
      expect(other.heard).toEqual([{ data: { a: 2 } }]);
      expect([sockets.length, pauses]).toEqual([1, []]);
      return one.heard;
    };

    test.each<[string, (id: string) => object, unknown[]]>([
      ['an object', (id) => ({ type: 'error', id, payload: { message: 'no' } }), [[{ message: 'no' }]]],
      ['nothing', (id) => ({ type: 'error', id }), broken],
      ['an empty list', (id) => ({ type: 'error', id, payload: [] }), broken],
      ['a text', (id) => ({ type: 'error', id, payload: 'no' }), broken],
      ['a list of texts', (id) => ({ type: 'error', id, payload: ['no'] }), broken],
    ])('with %s in place of errors it ends its subscription, and no other', async (_what, message, heard) => {
      expect(await sendAmong(message)).toEqual(heard);
    });

    test.each<[string, (id: string) => object]>([
      ['without a payload', (id) => ({ type: 'next', id })],
      ['that is a text', (id) => ({ type: 'next', id, payload: 'a' })],
      ['that is a list', (id) => ({ type: 'next', id, payload: [] })],
      ['whose data is a text', (id) => ({ type: 'next', id, payload: { data: 'a' } })],
      ['that is empty', (id) => ({ type: 'next', id, payload: {} })],
    ])('as an event %s ends its subscription, and the subgraph is told', async (_what, message) => {
      const completed: unknown[] = [];
      acknowledged = (socket) =>
        socket.on('message', (data) => {
          const { type, id } = JSON.parse(String(data)) as { type: string; id: string };
          if (type === 'complete') completed.push(id);
        });
      expect(await sendAmong(message)).toEqual(broken);
      await until(() => completed.length === 1);
      expect(completed).toEqual([asked[0]?.id]);
    });

    test.each<[string, string | Buffer | ((id: string) => object)]>([
      ['no JSON', '{"type"'],
      ['bytes', Buffer.from('{"type":"next"}')],
      ['no object', '[1]'],
      ['an unknown type', (id) => ({ type: 'data', id, payload: { data: {} } })],
      ['no type', (id) => ({ id, payload: { data: {} } })],
      ['an event without an id', () => ({ type: 'next', payload: { data: {} } })],
      ['an event of an unknown id', () => ({ type: 'next', id: 'x', payload: { data: {} } })],
      ['an event of an inherited id', () => ({ type: 'next', id: '__proto__', payload: { data: {} } })],
      ['errors of an unknown id', () => ({ type: 'error', id: 'x', payload: { message: 'no' } })],
      ['the end of an unknown id', () => ({ type: 'complete', id: 'constructor' })],
      ['an acknowledgement, again', () => ({ type: 'connection_ack', payload: [] })],
      ['a ping with a list', () => ({ type: 'ping', payload: [] })],
    ])('that is %s concerns nobody', async (_what, data) => {
      expect(await sendAmong(data)).toEqual([{ data: { a: 1 } }]);
    });

    test('a second end is no end of anything', async () => {
      const [one, other] = [await subscribe(), await subscribe()];
      await until(() => asked.length === 2);
      const { socket, id } = asked[0] ?? {};
      for (const type of ['complete', 'complete', 'error']) socket?.send(JSON.stringify({ type, id, payload: [] }));
      say(1, { a: 2 });
      await until(() => other.heard.length > 0);
      expect([one.heard, other.heard]).toEqual([['completed'], [{ data: { a: 2 } }]]);
    });

    test('however often one ends, the others go on', async () => {
      await subscribe();
      await until(() => asked.length === 1);
      const { socket, id } = asked[0] ?? {};
      const { heard } = await subscribe();
      await until(() => asked.length === 2);
      // The client closes a socket that it takes for unused after two seconds.
      for (let time = 0; time < 5; time += 1) socket?.send(JSON.stringify({ type: 'complete', id }));
      await new Promise((later) => setTimeout(later, 2_500));
      say(1, { a: 2 });
      await until(() => heard.length > 0);
      expect([heard, sockets.length]).toEqual([[{ data: { a: 2 } }], 1]);
    });

    test('is told of once for each socket', async () => {
      const { heard } = await subscribe();
      await until(() => asked.length === 1);
      for (let time = 0; time < 100; time += 1) asked[0]?.socket.send('{');
      say(0, { a: 1 });
      await until(() => heard.length === 1);
      expect(troubles).toEqual([expect.objectContaining({ name: 'ProtocolBroken' })]);
    });
  });
});
