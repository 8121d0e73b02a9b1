import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { originOf } from './connect-socket.ts';
import { deadlineIn } from './deadline.ts';
import { Http1Transport } from './http1-transport.ts';
import { RequestHeaders } from './subgraph-transport.ts';

const NONE = new RequestHeaders({});

/** Servers as they are met: whatever they do with connections, a mutation runs once or is reported as failed. */
describe('mutations and servers that end connections', () => {
  let server: Server;
  let transport: Http1Transport;
  /** How often each mutation was executed. */
  let ran: Map<string, number>;

  afterEach(async () => {
    await transport.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  interface Behaviour extends Partial<Pick<Server, 'maxRequestsPerSocket' | 'keepAliveTimeout'>> {
    /** Closes a connection on which a second request comes, as if it had been about to close it: that does not run. */
    readonly once?: boolean;
  }

  /** @param finish answers a request that was executed */
  async function open(
    { once = false, ...options }: Behaviour,
    finish: RequestListener = (_req, res) => res.end('ok'),
  ): Promise<void> {
    ran = new Map();
    const used = new WeakSet<Socket>();
    server = createServer((req, res) => {
      if (once && used.has(req.socket)) return void req.socket.destroy();
      used.add(req.socket);
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      req.on('end', () => {
        ran.set(body, (ran.get(body) ?? 0) + 1);
        finish(req, res);
      });
    });
    Object.assign(server, options);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const limits = { timeoutMs: 30_000, maxBytes: 1_000, maxConnections: 100 };
    transport = new Http1Transport({ subgraph: 'orders', url, ...limits }, originOf(url));
  }

  const post = (body: string, isIdempotent = false) =>
    transport
      .post({ body, headers: NONE, deadline: deadlineIn(30_000), isIdempotent, read: () => 'answered' })
      .catch(() => 'failed');

  /** Eight mutations at once, forty times, with queries between them. @returns what became of each */
  async function mutate(): Promise<ReadonlyMap<string, string>> {
    const outcomes = new Map<string, string>();
    for (let round = 0; round < 40; round += 1) {
      const names = Array.from({ length: 8 }, (_none, index) => `mutation ${round}.${index}`);
      const queries = [post('query', true), post('query', true)];
      await Promise.all(names.map(async (name) => outcomes.set(name, await post(name))));
      expect(await Promise.all(queries)).toEqual(['answered', 'answered']);
    }
    return outcomes;
  }

  test.each([
    ['so many requests on each', { maxRequestsPerSocket: 20 }, undefined],
    ['one request on each', { maxRequestsPerSocket: 1 }, undefined],
    ['an end when a second one comes', { once: true }, undefined],
    ['no idle time', { keepAliveTimeout: 1 }, undefined],
    [
      'Connection: close',
      {},
      ((_req, res) => res.setHeader('connection', 'close').end('ok')) satisfies RequestListener,
    ],
    ['an end that was not told', {}, ((req, res) => res.end('ok', () => req.socket.end())) satisfies RequestListener],
    [
      'an end some time after the answer',
      {},
      ((req, res) =>
        res.end('ok', () => setTimeout(() => req.socket.destroy(), Math.random() * 3))) satisfies RequestListener,
    ],
  ])('%s: all are answered, and each ran once', async (_what, options, finish) => {
    await open(options, finish);
    const outcomes = await mutate();
    expect([...outcomes.values()].filter((outcome) => outcome === 'answered')).toHaveLength(320);
    for (const name of outcomes.keys()) expect([name, ran.get(name)]).toEqual([name, 1]);
  });

  test('one that resets connections in the middle: what was answered ran once, nothing ran twice', async () => {
    let count = 0;
    await open({}, (req, res) => {
      count += 1;
      if (count % 5 === 0 && req.headers['content-length'] !== '5') req.socket.resetAndDestroy();
      else res.end('ok');
    });
    const outcomes = await mutate();
    const failed = [...outcomes].filter(([, outcome]) => outcome === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const [name] of outcomes) expect(ran.get(name) ?? 0).toBe(1);
  });

  test('one that stops gracefully loses none that it took', async () => {
    await open({}, (_req, res) => setTimeout(() => res.end('ok'), 5));
    const outcomes = new Map<string, string>();
    const names = Array.from({ length: 50 }, (_none, index) => `mutation ${index}`);
    await post('query', true);
    const all = names.map(async (name, index) => {
      if (index === 25) server.close();
      outcomes.set(name, await post(name));
    });
    await Promise.all(all);
    for (const [name, outcome] of outcomes)
      expect([name, ran.get(name) ?? 0]).toEqual([name, outcome === 'answered' ? 1 : 0]);
  });
});
