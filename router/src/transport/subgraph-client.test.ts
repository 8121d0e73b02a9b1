import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { deadlineIn } from './deadline.ts';
import { RequestHeaders } from './subgraph-transport.ts';
import { SubgraphClient } from './subgraph-client.ts';

describe('asking a subgraph', () => {
  let server: Server;
  let client: SubgraphClient;
  let answer: (req: IncomingMessage, res: ServerResponse) => void;

  beforeEach(async () => {
    server = createServer((req, res) => answer(req, res));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    client = new SubgraphClient({
      name: 'menu',
      url: `http://127.0.0.1:${port}/graphql?a=1`,
      timeoutMs: 500,
      maxBytes: 1_000,
      maxConnections: 10,
    });
  });
  afterEach(async () => {
    await client.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  const answers = (body: string, status = 200, headers: Record<string, string> = {}) => {
    answer = (_req, res) => res.writeHead(status, headers).end(body);
  };
  const ask = (body = '{"query":"{a}"}') =>
    client.ask({ body, kind: 'query' }, new RequestHeaders({ 'x-who': 'me' }), deadlineIn(500), (response) =>
      client.read({}, response),
    );

  test('posts the body with its headers to the routing URL', async () => {
    const seen: unknown[] = [];
    answer = (req, res) => {
      let text = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      req.on('end', () => {
        seen.push(req.method, req.url, req.headers['x-who'], req.headers['content-type'], text);
        res.end('{"data":{"a":1}}');
      });
    };
    expect(await ask()).toEqual({ data: { a: 1 } });
    expect(seen.splice(0)).toEqual(['POST', '/graphql?a=1', 'me', 'application/json', '{"query":"{a}"}']);
    const bodies = ['{"query":"{a}","variables":{"b":"Grüße €"}}', '{"query":"{a}"}'];
    expect(await Promise.all(bodies.map((body) => ask(body)))).toHaveLength(2);
    expect(seen.filter((_one, index) => index % 5 === 4)).toEqual(bodies);
  });

  test.each([
    [200, '{"data":null,"errors":[{"message":"no"}]}', { data: null, errors: [{ message: 'no' }] }],
    [400, '{"errors":[{"message":"bad"}]}', { errors: [{ message: 'bad' }] }],
    [
      200,
      '{"data":{"__proto__":{"a":1}},"errors":["odd",{"message":"x"}]}',
      { data: expect.anything(), errors: [{ message: '' }, { message: 'x' }] },
    ],
    [200, '\uFEFF{"data":{"a":1}}', { data: { a: 1 } }],
    [200, '{"data":{"a":1},"errors":null}', { data: { a: 1 } }],
    [200, '{"data":{"a":1},"errors":[]}', { data: { a: 1 } }],
    [200, '{"errors":["quota"]}', { errors: [{ message: '' }] }],
    [200, '{"data":null,"errors":"quota"}', { data: null, errors: [{ message: '' }] }],
    [200, '{"data":{"a":null},"errors":{}}', { data: { a: null }, errors: [{ message: '' }] }],
    [
      200,
      '{"data":null,"errors":[{"message":{},"path":["a",-1],"extensions":[]},{"path":["a",0,"b"]},null,7,[]]}',
      {
        data: null,
        errors: [{ message: '' }, { message: '', path: ['a', 0, 'b'] }, ...Array(3).fill({ message: '' })],
      },
    ],
  ])('a GraphQL response is one at any status: %i %s', async (status, body, expected) => {
    answers(body, status);
    expect(await ask()).toMatchObject(expected);
  });

  test.each([
    ['no JSON', 200, '<html>'],
    ['no GraphQL response', 200, '{"ok":true}'],
    ['a list', 200, '[]'],
    ['nothing', 200, '{}'],
    ['no data and no errors', 200, '{"errors":[]}'],
    ['null without an error', 200, '{"data":null}'],
    ['null and errors that are none', 200, '{"data":null,"errors":null}'],
    ['what is nested too deeply', 200, `{"errors":${'['.repeat(400)}${']'.repeat(399)}}`],
    ['data that is no object', 200, '{"data":[1]}'],
    ['an error of the server', 503, '{"errors":[{"message":"starting"}]}'],
    ['more than it may be', 200, `{"data":{"a":"${'x'.repeat(2_000)}"}}`],
  ])('%s is a failure', async (_what, status, body) => {
    answers(body, status);
    await expect(ask()).rejects.toMatchObject({ name: 'SubgraphFailure', reason: 'invalid' });
    // A body without a length, in chunks.
    answer = (_req, res) => {
      res.writeHead(status);
      res.write(body.slice(0, 1));
      res.end(body.slice(1));
    };
    await expect(ask()).rejects.toMatchObject({ reason: 'invalid' });
  });

  test('a subgraph that does not answer, or stops in the middle, is waited for until the deadline', async () => {
    answer = () => {};
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout', subgraph: 'menu' });
    answer = (_req, res) => void res.writeHead(200, { 'content-length': '100' }).write('{"data":');
    await expect(ask()).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('one that breaks the connection, or is not there, is unreachable', async () => {
    answer = (req) => req.socket.destroy();
    await expect(ask()).rejects.toMatchObject({ reason: 'unreachable' });
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await expect(ask()).rejects.toMatchObject({ reason: 'unreachable' });
  });
});
