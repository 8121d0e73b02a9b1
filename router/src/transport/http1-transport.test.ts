import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ScriptedServer } from '../../tests/worlds/scripted-server.ts';
import { originOf } from './connect-socket.ts';
import { deadlineIn } from './deadline.ts';
import { Http1Transport } from './http1-transport.ts';
import { RequestHeaders } from './subgraph-transport.ts';

const NONE = new RequestHeaders({});

describe('requests over HTTP/1.1', () => {
  let server: ScriptedServer;
  let transport: Http1Transport;

  const open = (maxConnections = 100) =>
    new Http1Transport(
      { subgraph: 'menu', url: server.url, timeoutMs: 1_000, maxBytes: 1_000, maxConnections },
      originOf(server.url),
    );
  beforeEach(async () => {
    server = await ScriptedServer.open();
    transport = open();
  });
  afterEach(async () => {
    await server.close();
    await transport.close();
  });

  const post = (body: string, isIdempotent: boolean, ms = 30_000) =>
    transport.post({
      body,
      headers: NONE,
      deadline: deadlineIn(ms),
      isIdempotent,
      read: (response) => response.body.toString(),
    });
  const query = (body = 'query', ms?: number) => post(body, true, ms);
  const mutate = (body = 'mutation') => post(body, false);
  const asked = (count: number) => server.until(() => server.requests === count);
  /** A connection that was used and is idle. */
  const warmUp = async (head = '') => {
    const first = query('first');
    await asked(1);
    server.answer(0, 'ok', head);
    await first;
  };

  test('a connection that is free is used again by queries, the last one first', async () => {
    const both = [query('a'), query('b')];
    await asked(2);
    server.answer(1, 'b');
    server.answer(0, 'a');
    expect(await Promise.all(both)).toEqual(['a', 'b']);
    for (const count of [3, 4]) {
      const next = query('c');
      await asked(count);
      server.answer(0, 'c');
      await next;
    }
    expect(server.bodies).toEqual([['a', 'c', 'c'], ['b']]);
  });

  test('no request is sent behind another: as many connections as requests, each with its own answer', async () => {
    const all = Array.from({ length: 100 }, (_none, number) => query(String(number)));
    await asked(100);
    expect(server.sockets).toHaveLength(100);
    for (const [index, [body = '']] of server.bodies.entries()) server.answer(index, `answer to ${body}`);
    expect(await Promise.all(all)).toEqual(all.map((_one, number) => `answer to ${number}`));
  });

  test('a mutation is never sent over a connection that was used before, and leaves one for queries', async () => {
    await warmUp();
    const change = mutate();
    await asked(2);
    server.answer(1, 'changed');
    expect(await change).toBe('changed');
    const next = query();
    await asked(3);
    server.answer(1, 'read');
    await next;
    expect(server.bodies).toEqual([['first'], ['mutation', 'query']]);
  });

  test('idle connections make room for new ones', async () => {
    transport = open(2);
    const both = [query('a'), query('b')];
    await asked(2);
    for (const index of [0, 1]) server.answer(index, 'ok');
    await Promise.all(both);
    const change = mutate();
    await asked(3);
    await server.until(() => server.open === 2);
    server.answer(2, 'ok');
    await change;
  });

  test('a query whose used connection closes before any byte of an answer is sent once more, over a new one', async () => {
    await warmUp();
    const again = query('again');
    await asked(2);
    server.sockets[0]?.destroy();
    await asked(3);
    server.answer(1, 'here');
    expect(await again).toBe('here');
    expect(server.bodies).toEqual([['first', 'again'], ['again']]);
  });

  test('it is not sent a third time, and not after its answer had begun', async () => {
    await warmUp();
    const twice = query('twice');
    await asked(2);
    server.sockets[0]?.destroy();
    await asked(3);
    server.sockets[1]?.destroy();
    await expect(twice).rejects.toMatchObject({ reason: 'unreachable', wasRepeated: true });
    const first = query('first');
    await asked(4);
    server.answer(2, 'ok');
    await first;
    const begun = query('begun');
    await asked(5);
    server.sockets[2]?.end('HTTP/1.1 2');
    await expect(begun).rejects.toMatchObject({ reason: 'unreachable', wasRepeated: false });
    expect(server.requests).toBe(5);
  });

  test('a mutation whose connection closes is reported, and not sent again', async () => {
    const change = mutate();
    await asked(1);
    server.sockets[0]?.destroy();
    await expect(change).rejects.toMatchObject({ reason: 'unreachable', wasNotSent: false });
    expect(server.requests).toBe(1);
  });

  test('of a server that is not there it is known that nothing was sent', async () => {
    await server.close();
    await expect(mutate()).rejects.toMatchObject({ reason: 'unreachable', wasNotSent: true });
  });

  test('a connection that breaks, and one that stalls, fail their own request and no other', async () => {
    const [broken, stalled, fine] = [query('broken'), query('stalled', 50), query('fine')];
    await asked(3);
    server.sockets[server.bodies.findIndex(([body]) => body === 'broken')]?.destroy();
    await expect(broken).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(stalled).rejects.toMatchObject({ reason: 'timeout' });
    server.answer(
      server.bodies.findIndex(([body]) => body === 'fine'),
      'fine',
    );
    expect(await fine).toBe('fine');
    await server.until(() => server.open === 1);
  });

  test('what has no time left is not sent', async () => {
    await expect(query('late', -1)).rejects.toMatchObject({ reason: 'timeout' });
    const next = query('next');
    await asked(1);
    server.answer(0, 'ok');
    expect([await next, server.bodies]).toEqual(['ok', [['next']]]);
  });

  test.each([
    ['that says it closes', 'connection: close\r\n'],
    ['that says so among others', 'Connection: keep-alive, Close\r\n'],
    ['that keeps it for less than is sure', 'keep-alive: timeout=1\r\n'],
    ['that takes no more requests', 'keep-alive: timeout=5, max=1\r\n'],
  ])('a connection of a server %s is not used again', async (_what, head) => {
    await warmUp(head);
    const next = query('next');
    await asked(2);
    server.answer(1, 'ok');
    await next;
    expect(server.bodies).toEqual([['first'], ['next']]);
    await server.until(() => server.open === 1);
  });

  test('a server may say how many requests it takes', async () => {
    for (const count of [1, 2, 3, 4]) {
      const next = query(String(count));
      await asked(count);
      server.answer(count === 4 ? 1 : 0, 'ok', 'keep-alive: timeout=60, max=3\r\n');
      await next;
    }
    expect(server.bodies).toEqual([['1', '2', '3'], ['4']]);
  });

  test.each([
    ['that nobody asked for', (index: number) => server.answer(index, 'another')],
    ['of a closing server', (index: number) => server.sockets[index]?.end()],
  ])('bytes or an end %s: the idle connection is closed', async (_what, send) => {
    await warmUp();
    send(0);
    await server.until(() => server.open === 0);
    const next = mutate('next');
    await asked(2);
    server.answer(1, 'ok');
    expect(await next).toBe('ok');
  });

  test('what comes after an answer is not taken for the next one', async () => {
    const first = query('first');
    await asked(1);
    server.sockets[0]?.write(
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\noneHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\ntwo',
    );
    expect(await first).toBe('one');
    const next = query('next');
    await asked(2);
    server.answer(1, 'its own');
    expect(await next).toBe('its own');
  });

  test('what is no HTTP response ends the connection', async () => {
    const next = query();
    await asked(1);
    server.sockets[0]?.write('what?\r\n\r\n');
    await expect(next).rejects.toMatchObject({ reason: 'invalid' });
    await server.until(() => server.open === 0);
  });

  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{"data":null}'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"dat\r\n7\r\na":{}}\n\r\n0\r\n\r\n'],
  ])('an answer with %s that ends too early, at whichever byte, is a failure', async (_what, text) => {
    for (let length = 0; length < text.length - 1; length += 1) {
      const cut = query(`${length}`);
      await asked(length + 1);
      server.sockets[length]?.end(text.slice(0, length));
      await expect(cut).rejects.toMatchObject({ reason: 'unreachable' });
    }
  });

  test('a connection that is idle for long is closed', async () => {
    await warmUp('keep-alive: timeout=2\r\n');
    await server.until(() => server.open === 0);
  });

  test('it closes when what is under way has been answered', async () => {
    const last = query();
    await asked(1);
    const closed = transport.close();
    server.answer(0, 'last');
    expect(await last).toBe('last');
    await closed;
    await server.until(() => server.open === 0);
  });
});
