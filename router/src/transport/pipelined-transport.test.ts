import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PipelinedTransport } from './pipelined-transport.ts';
import type { HttpResponse } from './response-reader.ts';
import { RequestHeaders } from './subgraph-transport.ts';

const answer = (body: string) => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const NONE = new RequestHeaders({});
/** A response is the transport's own again once it is read. */
const asText = ({ status, body }: Pick<HttpResponse, 'status' | 'body'>) => ({ status, body: body.toString() });

/** A server that keeps what it was sent, by connection, and says what the test tells it to. */
describe('requests that follow each other on a connection', () => {
  let server: Server;
  let sockets: Socket[];
  let received: string[];
  let transport: PipelinedTransport;
  let heard: () => void;
  const onReceived = async (enough: () => boolean): Promise<void> => {
    while (!enough()) await new Promise<void>((told) => (heard = told));
  };
  /** Requests that have come over all connections. */
  const count = () => received.join('').split('POST ').length - 1;

  /** The numbers that were asked for over each connection, in order. */
  const numbersOn = () => received.map((text) => [...text.matchAll(/\{"n":(\d+)\}/g)].map(([, number]) => number));
  const answerAll = () => {
    for (const [index, numbers] of numbersOn().entries())
      sockets[index]?.write(numbers.map((number) => answer(`answer to ${number}`)).join(''));
  };

  beforeEach(async () => {
    [sockets, received, heard] = [[], [], () => {}];
    server = createServer((socket) => {
      const index = sockets.push(socket) - 1;
      received[index] = '';
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        received[index] += String(bytes);
        heard();
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    transport = new PipelinedTransport({ subgraph: 'menu', url, timeoutMs: 30_000, mostBytes: 1_000 });
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await transport.close();
    await new Promise((closed) => server.close(closed));
  });

  test('a connection that is free is used again', async () => {
    for (let time = 0; time < 3; time += 1) {
      const asked = transport.post('{}', NONE, 30_000, asText);
      await onReceived(() => count() === time + 1);
      sockets[0]?.write(answer(String(time)));
      expect(await asked).toMatchObject({ status: 200, body: String(time) });
    }
    expect(sockets).toHaveLength(1);
  });

  test('with more requests than connections they share them, and each gets its own answer', async () => {
    const asked = Array.from({ length: 100 }, (_none, number) =>
      transport.post(`{"n":${number}}`, NONE, 30_000, asText),
    );
    await onReceived(() => count() === 100);
    expect(sockets.length).toBe(32);
    answerAll();
    const bodies = (await Promise.all(asked)).map(({ body }) => body);
    expect(bodies).toEqual(bodies.map((_body, number) => `answer to ${number}`));
  });

  test('while answers come at once and are short, what is asked for at once shares connections, eight each', async () => {
    const first = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 1);
    sockets[0]?.write(answer('quick'));
    await first;
    const asked = Array.from({ length: 20 }, (_none, number) =>
      transport.post(`{"n":${number}}`, NONE, 30_000, asText),
    );
    await onReceived(() => count() === 21);
    const together = numbersOn().map(({ length }) => length);
    expect(together.toSorted((a, b) => a - b)).toEqual([4, 8, 8]);
    answerAll();
    expect((await Promise.all(asked)).map(({ body }) => body)).toEqual(
      asked.map((_one, number) => `answer to ${number}`),
    );
  });

  test('what is asked for later waits for nobody, and after a failure nobody shares', async () => {
    const first = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 1);
    sockets[0]?.write(answer('quick'));
    await first;
    const early = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 2);
    const late = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 3);
    expect(sockets).toHaveLength(2);
    sockets[0]?.destroy();
    await expect(early).rejects.toMatchObject({ reason: 'unreachable' });
    const alone = [transport.post('{}', NONE, 30_000, asText), transport.post('{}', NONE, 30_000, asText)];
    await onReceived(() => count() === 5);
    expect(sockets).toHaveLength(4);
    for (const socket of sockets) socket.write(answer('here'));
    expect((await Promise.all([late, ...alone])).map(({ body }) => body)).toEqual(['here', 'here', 'here']);
  });

  test('a connection that breaks fails what waits on it, and only that; the next request opens another', async () => {
    const [one, two] = [
      transport.post('{"n":1}', NONE, 30_000, asText),
      transport.post('{"n":2}', NONE, 30_000, asText),
    ];
    await onReceived(() => count() === 2);
    sockets[0]?.destroy();
    await expect(one).rejects.toMatchObject({ name: 'SubgraphFailure', reason: 'unreachable' });
    sockets[1]?.write(answer('two'));
    expect((await two).body).toBe('two');
  });

  test('a deadline that passes takes along what waits behind it, as a broken connection', async () => {
    const slow = Array.from({ length: 32 }, () => transport.post('{}', NONE, 200, asText));
    const behind = transport.post('{}', NONE, 30_000, asText);
    const settled = await Promise.allSettled([...slow, behind]);
    const reasons = settled.map((one) => (one.status === 'rejected' ? one.reason.reason : 'answered'));
    expect(reasons).toEqual([...slow.map(() => 'timeout'), 'unreachable']);
  });

  test('an answer that nobody asked for, and one that is none, end the connection', async () => {
    const asked = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 1);
    sockets[0]?.write(answer('one') + answer('another'));
    expect((await asked).body).toBe('one');
    const next = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 2);
    expect(sockets).toHaveLength(2);
    sockets[1]?.write('what?\r\n\r\n');
    await expect(next).rejects.toMatchObject({ reason: 'invalid' });
  });

  test('a server that wants to close is not sent more', async () => {
    const asked = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 1);
    sockets[0]?.write('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 1\r\n\r\nx');
    expect((await asked).body).toBe('x');
    const next = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 2);
    sockets[1]?.write(answer('y'));
    expect((await next).body).toBe('y');
  });

  test('it closes when what is under way has been answered', async () => {
    const asked = transport.post('{}', NONE, 30_000, asText);
    await onReceived(() => count() === 1);
    const closed = transport.close();
    sockets[0]?.write(answer('last'));
    expect((await asked).body).toBe('last');
    await closed;
  });
});
