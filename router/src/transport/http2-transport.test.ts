import {
  createSecureServer,
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttp1Server, type Server } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { testCertificate } from '../../tests/worlds/test-certificate.ts';
import { originOf } from './connect-socket.ts';
import { deadlineIn } from './deadline.ts';
import { Http2Transport } from './http2-transport.ts';
import { openTransport, type Http2Use } from './open-transport.ts';
import { RequestHeaders, type SubgraphTransport } from './subgraph-transport.ts';

type Answer = (stream: ServerHttp2Stream, body: string, session: ServerHttp2Session) => void;

const ok = (stream: ServerHttp2Stream, body: string): void => {
  stream.respond({ ':status': 200 });
  stream.end(`answer to ${body}`);
};

describe('requests over HTTP/2', () => {
  let server: Http2Server | Server;
  let transport: SubgraphTransport;
  let sessions: ServerHttp2Session[] = [];
  let sockets: Socket[] = [];
  let ran: string[] = [];

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await transport.close();
    await new Promise((closed) => server.close(closed));
  });

  async function listen(made: Http2Server | Server, scheme: string, http2?: Http2Use): Promise<void> {
    [server, sockets] = [made, []];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(`${scheme}://localhost:${(server.address() as AddressInfo).port}/graphql?a=1`);
    const limits = { timeoutMs: 1_000, maxBytes: 100_000, maxConnections: 100 };
    const options = { subgraph: 'menu', url, tls: { ca: testCertificate.cert }, ...limits };
    transport = openTransport(options, http2);
  }

  function serve(made: Http2Server, answer: Answer): Http2Server {
    [sessions, ran] = [[], []];
    made.on('session', (session) => {
      sessions.push(session);
      session.on('error', () => {});
    });
    made.on('stream', (stream) => {
      let body = '';
      stream.on('error', () => {});
      stream.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      stream.on('end', () => {
        ran.push(body);
        if (stream.session) answer(stream, body, stream.session as ServerHttp2Session);
      });
    });
    return made;
  }
  const clearText = (answer: Answer = ok, settings: object = {}) =>
    listen(serve(createServer({ settings }), answer), 'http', 'prior-knowledge');

  const post = (body: string, isIdempotent = true, ms = 30_000) =>
    transport.post({
      body,
      headers: new RequestHeaders({ 'x-who': 'me' }),
      deadline: deadlineIn(ms),
      isIdempotent,
      read: ({ status, body: bytes }) => `${status} ${bytes.toString()}`,
    });

  test('with prior knowledge in clear text, all over one connection', async () => {
    await clearText();
    const all = Array.from({ length: 50 }, (_none, number) => post(String(number)));
    expect(await Promise.all(all)).toEqual(all.map((_one, number) => `200 answer to ${number}`));
    expect(sessions).toHaveLength(1);
  });

  test('what is asked: path, headers, body', async () => {
    const made = serve(createServer(), ok);
    const asked: unknown[] = [];
    made.on('stream', (_stream, headers) =>
      asked.push(
        headers[':method'],
        headers[':path'],
        headers['x-who'],
        headers['content-type'],
        headers['content-length'],
      ),
    );
    await listen(made, 'http', 'prior-knowledge');
    expect(await post('{"query":"{ ü }"}')).toBe('200 answer to {"query":"{ ü }"}');
    expect(asked).toEqual(['POST', '/graphql?a=1', 'me', 'application/json', '18']);
  });

  test('over TLS it is negotiated', async () => {
    await listen(serve(createSecureServer(testCertificate), ok), 'https');
    expect(await Promise.all([post('a'), post('b', false)])).toEqual(['200 answer to a', '200 answer to b']);
    expect(sessions).toHaveLength(1);
  });

  test.each(['negotiate', 'never'] as const)(
    'a TLS server without HTTP/2 is asked over HTTP/1.1 (%s)',
    async (http2) => {
      const made = createHttp1Server(testCertificate, (req, res) => {
        req.resume().on('end', () => res.end(`HTTP/${req.httpVersion}`));
      });
      await listen(made, 'https', http2);
      expect(await Promise.all([post('a'), post('b', false)])).toEqual(['200 HTTP/1.1', '200 HTTP/1.1']);
    },
  );

  test('a server that nobody trusts is unreachable, and so is one that speaks no TLS', async () => {
    await listen(serve(createSecureServer(testCertificate), ok), 'https');
    const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
    const options = { subgraph: 'menu', url, timeoutMs: 1_000, maxBytes: 1_000, maxConnections: 10 };
    for (const http2 of ['negotiate', 'prior-knowledge', 'never'] as const) {
      const untrusting = openTransport(options, http2);
      const asked = untrusting.post({
        body: '{}',
        headers: new RequestHeaders({}),
        deadline: deadlineIn(30_000),
        isIdempotent: false,
        read: () => 'answered',
      });
      await expect(asked).rejects.toMatchObject({ name: 'SubgraphFailure', reason: 'unreachable' });
      await untrusting.close();
    }
    expect(ran).toEqual([]);
  });

  test('a server that takes few streams is asked over more connections: no request waits for another', async () => {
    const held: (() => void)[] = [];
    await clearText((stream, body) => held.push(() => ok(stream, body)), { maxConcurrentStreams: 2 });
    const first = post('first');
    while (held.length < 1) await new Promise((again) => setTimeout(again, 5));
    const more = [post('a'), post('b'), post('c')];
    while (held.length < 4) await new Promise((again) => setTimeout(again, 5));
    expect(sessions.length).toBeGreaterThan(1);
    for (const answer of held) answer();
    await Promise.all([first, ...more]);
  });

  test('a stream that stalls, is reset or too long fails its own request and no other', async () => {
    await clearText((stream, body) => {
      if (body === 'reset') stream.close(2);
      else if (body === 'long') ok(stream, 'x'.repeat(200_000));
      else if (body !== 'stalled') setTimeout(() => ok(stream, body), 100);
    });
    const [reset, long, stalled, fine] = [post('reset', false), post('long'), post('stalled', true, 50), post('fine')];
    await expect(reset).rejects.toMatchObject({ reason: 'unreachable' });
    await expect(long).rejects.toMatchObject({ reason: 'invalid' });
    await expect(stalled).rejects.toMatchObject({ reason: 'timeout' });
    expect(await fine).toBe('200 answer to fine');
    expect(sessions).toHaveLength(1);
  });

  test('what the server did not look at is sent once more, mutations too; each runs once', async () => {
    let refused = 0;
    const made = createServer();
    made.prependListener('stream', (stream: ServerHttp2Stream) => {
      refused += 1;
      if (refused <= 3) stream.close(7);
    });
    await listen(
      serve(made, (stream, body) => !stream.destroyed && ok(stream, body)),
      'http',
      'prior-knowledge',
    );
    ran = [];
    const all = [post('a', false), post('b', false), post('c')];
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c'].map((name) => `200 answer to ${name}`));
  });

  test('a server that goes away answers what it took, and the rest is asked over another connection', async () => {
    let count = 0;
    await clearText((stream, body, session) => {
      count += 1;
      if (count % 10 === 0) session.goaway();
      setTimeout(() => ok(stream, body), 2);
    });
    for (let round = 0; round < 20; round += 1) {
      const names = Array.from({ length: 8 }, (_none, index) => `mutation ${round}.${index}`);
      expect(await Promise.all(names.map((name) => post(name, false)))).toEqual(
        names.map((name) => `200 answer to ${name}`),
      );
    }
    expect(ran.toSorted()).toEqual([...new Set(ran)].toSorted());
    expect(ran).toHaveLength(160);
    expect(sessions.length).toBeGreaterThan(1);
  });

  test('a mutation whose connection breaks is reported, and not sent again; a query is', async () => {
    let breaks = false;
    await clearText((stream, body, session) => (breaks ? session.destroy() : ok(stream, body)));
    await post('first');
    breaks = true;
    await expect(post('mutation', false)).rejects.toMatchObject({ reason: 'unreachable', wasNotSent: false });
    expect(ran).toEqual(['first', 'mutation']);
    await post('warm').catch(() => {});
  });

  test('a mutation does not take a silent connection before the server has answered a ping', async () => {
    await clearText();
    const { port } = server.address() as AddressInfo;
    const freeze: (() => void)[] = [];
    const proxy = createTcpServer((socket) => {
      const upstream = connect(port, '127.0.0.1');
      freeze.push(() => socket.unpipe(upstream));
      socket.on('error', () => {}).pipe(upstream);
      upstream.on('error', () => {}).pipe(socket);
    });
    await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
    const url = new URL(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`);
    const options = { subgraph: 'menu', url, timeoutMs: 30_000, maxBytes: 1_000, maxConnections: 10 };
    await transport.close();
    transport = new Http2Transport(options, originOf(url), 0);
    await post('query');
    let pings = 0;
    sessions[0]?.on('ping', () => (pings += 1));
    await post('query');
    expect(pings).toBe(0);
    await post('alive', false);
    expect([pings, sessions.length]).toEqual([1, 1]);
    // What is sent to it does not arrive any more.
    freeze[0]?.();
    expect(await post('mutation', false)).toBe('200 answer to mutation');
    expect(sessions).toHaveLength(2);
    expect(ran).toEqual(['query', 'query', 'alive', 'mutation']);
    proxy.close();
  });
});
