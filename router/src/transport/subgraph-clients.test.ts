import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CORRELATION_HEADER, createMetrics, createTracing } from '@brigade/service-kit/process';
import type { SubgraphRequest } from '../compile/subgraph-call.ts';
import { createRouterMetrics } from '../observe/router-metrics.ts';
import { settingsSchema } from '../settings/settings.ts';
import { SubgraphClients } from './subgraph-clients.ts';

const IDENTITY = 'x-actor';

describe('asking subgraphs on behalf of clients', () => {
  let server: Server;
  let clients: SubgraphClients;
  let asked: { headers: IncomingHttpHeaders; body: string; response: ServerResponse }[];
  let heard: () => void;
  const metrics = createRouterMetrics(createMetrics('router'));

  beforeEach(async () => {
    [asked, heard] = [[], () => {}];
    server = createServer((req, response) => {
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      req.on('end', () => {
        asked.push({ headers: req.headers, body, response });
        heard();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { subgraphs } = settingsSchema.parse({ subgraphs: { breaker: { failures: 3 }, timeoutMs: 30_000 } });
    const tracing = createTracing('router');
    clients = new SubgraphClients({ urls: new Map([['menu', url]]), settings: subgraphs, tracing, metrics });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await clients.close();
    await new Promise((closed) => server.close(closed));
  });

  const until = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise<void>((told) => (heard = told));
  };
  const answerAll = (text = '{"data":{"dishes":[{"id":"1"}]}}') => {
    for (const { response } of asked) response.end(text);
  };
  let requests = 0;
  /** One request of a client. */
  const by = (who: string, share = true) =>
    clients.callWith({ [CORRELATION_HEADER]: `request ${(requests += 1)}`, [IDENTITY]: who }, { share });
  const query = (body = '{ dishes { id } }', operationName = 'One'): SubgraphRequest => ({
    subgraph: 'menu',
    kind: 'query',
    operationName,
    body,
  });
  const mutation: SubgraphRequest = { ...query('mutation { rename }'), kind: 'mutation' };

  test('equal queries of one identity are sent once, and each has an answer of its own', async () => {
    const all = [by('ada')(query()), by('ada')(query('{ dishes { id } }', 'Another'))];
    await until(1);
    answerAll();
    const [one, other] = await Promise.all(all);
    expect(asked).toHaveLength(1);
    expect(one).toEqual({ data: { dishes: [{ id: '1' }] } });
    expect(other).toEqual(one);
    // It is merged into a response: nobody may see what another made of it.
    expect(other?.data).not.toBe(one?.data);
  });

  test.each([
    ['of another identity', () => by('grace')(query())],
    ['with other variables', () => by('ada')(query('{ dishes(first: 1) { id } }'))],
    ['of one who shares nothing', () => by('ada', false)(query())],
  ])('a query %s is sent by itself', async (_what, ask) => {
    const all = [by('ada')(query()), ask()];
    await until(2);
    answerAll();
    await Promise.all(all);
  });

  test('mutations are never shared', async () => {
    const all = [by('ada')(mutation), by('ada')(mutation)];
    await until(2);
    answerAll();
    await Promise.all(all);
  });

  test('a query that begins after a mutation was answered is not answered by what began before', async () => {
    const before = by('ada')(query());
    await until(1);
    const change = by('ada')(mutation);
    await until(2);
    asked[1]?.response.end('{"data":{"rename":true}}');
    await change;
    const after = by('ada')(query());
    await until(3);
    asked[0]?.response.end('{"data":{"name":"old"}}');
    asked[2]?.response.end('{"data":{"name":"new"}}');
    expect([await before, await after]).toEqual([{ data: { name: 'old' } }, { data: { name: 'new' } }]);
  });

  test('a fetch that is shared is told of to the subgraph by the first correlation id', async () => {
    const all = [by('ada')(query()), by('ada')(query())];
    await until(1);
    answerAll();
    await Promise.all(all);
    expect(asked[0]?.headers[CORRELATION_HEADER]).toBe(`request ${requests - 1}`);
  });

  test('connections that end while they are idle do not open the circuit breaker', async () => {
    for (let round = 0; round < 10; round += 1) {
      const asks = [by('ada', false)(query()), by('ada', false)(query('{ b }'))];
      await until(asked.length + 2);
      answerAll();
      await Promise.all(asks);
      const again = by('ada', false)(query());
      await until(asked.length + 1);
      // It came over a connection that was used before, and is closed without a byte of an answer.
      asked.pop()?.response.destroy();
      await until(asked.length + 1);
      answerAll();
      expect(await again).toHaveProperty('data');
    }
  });

  test('a mutation is sent once more only with an idempotency key', async () => {
    const body = JSON.stringify({ query: 'mutation { pay(idempotencyKey: "k") }', variables: {} });
    const keyed = by('ada')({ ...mutation, body });
    await until(1);
    asked.pop()?.response.destroy();
    await until(1);
    answerAll('{"data":{"pay":true}}');
    expect(await keyed).toEqual({ data: { pay: true } });
    const other = by('ada')({ ...mutation, body: JSON.stringify({ query: 'mutation { pay }', variables: {} }) });
    await until(2);
    asked[1]?.response.destroy();
    await expect(other).rejects.toMatchObject({ reason: 'unreachable' });
    expect(asked).toHaveLength(2);
  });
});
