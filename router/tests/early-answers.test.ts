import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const MAX_BODY = 20_000;
const BODY = Buffer.from(`{"query":"{ me { id } } # ${'x'.repeat(400_000)}"}`);
const PART = 8_000;

/** A connection that is closed while its client still sends is reset, and the answer is lost with it. */
describe('what is answered before the request is whole', () => {
  let world: ServedWorld;
  beforeAll(async () => {
    world = await ServedWorld.open(supergraphs['subscriptions'] ?? {}, { limits: { bodyBytes: MAX_BODY } });
  });
  afterAll(() => world.close());

  /** Sends all of it and only then reads. */
  async function send(path: string, headers: readonly string[], framed: Iterable<Buffer>): Promise<string> {
    const socket = connect(world.port, '127.0.0.1');
    let text = '';
    const closed = once(socket, 'close');
    closed.catch(() => {});
    socket.pause();
    socket.write(`POST ${path} HTTP/1.1\r\nhost: router\r\nconnection: close\r\n${headers.join('\r\n')}\r\n\r\n`);
    for (const part of framed) {
      if (socket.destroyed) break;
      socket.write(part);
      await nextTurn();
    }
    socket.on('data', (chunk) => (text += String(chunk))).resume();
    await closed;
    return text;
  }

  function* parts(frame = (part: Buffer): Buffer => part): Generator<Buffer> {
    for (let at = 0; at < BODY.length; at += PART) yield frame(BODY.subarray(at, at + PART));
  }
  function* chunks(): Generator<Buffer> {
    yield* parts((part) => Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]));
    yield Buffer.from('0\r\n\r\n');
  }

  test.each<[string, number, string, string[]]>([
    ['too long, in the fast lane', 413, '/graphql', ['content-type: application/json']],
    ['too long, in the stream lane', 413, '/graphql', ['content-type: application/json', 'accept: text/event-stream']],
    ['too long, in the compatibility lane', 413, '/graphql?', ['content-type: application/json']],
    ['no JSON', 400, '/graphql', ['content-type: text/plain']],
    ['in another charset', 415, '/graphql', ['content-type: application/json; charset=utf-16']],
    ['not for GraphQL', 404, '/nothing', ['content-type: application/json']],
    ['in an unknown encoding', 415, '/graphql', ['content-type: application/json', 'content-encoding: x']],
  ])('%s: the client is told', async (_what, status, path, headers) => {
    const length = `content-length: ${BODY.length}`;
    expect(await send(path, [...headers, length], parts())).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(await send(path, [...headers, 'transfer-encoding: chunked'], chunks())).toMatch(
      new RegExp(`^HTTP/1.1 ${status} `),
    );
  });

  test('what goes on for ever is cut off', async () => {
    function* forEver(): Generator<Buffer> {
      for (;;) yield Buffer.from(`1388\r\n${'x'.repeat(5_000)}\r\n`);
    }
    await expect(
      send('/graphql', ['content-type: text/plain', 'transfer-encoding: chunked'], forEver()),
    ).rejects.toThrow(/ECONNRESET|EPIPE/);
  });
});
