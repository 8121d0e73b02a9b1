import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedResponse } from './malformed-response.ts';
import { ResponseReader, type Http1Response } from './response-reader.ts';

/** The response, if all of it is in the parts. */
const read = (parts: readonly (string | Buffer)[], maxBytes = 1_000) => {
  const reader = new ResponseReader(maxBytes);
  const copy = (response: Http1Response) => ({ ...response, body: response.body.toString() });
  for (const part of parts) {
    const bytes = Buffer.from(part as string);
    const response = reader.read(bytes);
    const copied = response && copy(response);
    bytes.fill('!'); // What comes next is received where this was.
    if (copied) return copied;
  }
  const last = reader.end();
  return last && copy(last);
};
const chunked = (...chunks: string[]) =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks
    .map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)
    .join('')}0\r\n\r\n`;
const sized = (body: string, head = '200 OK') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('reading the responses of a connection', () => {
  test.each([
    ['by its length', sized('{"a":1}'), '{"a":1}'],
    ['empty', sized(''), ''],
    ['in chunks', chunked('{"a"', ':1}'), '{"a":1}'],
    [
      'in chunks with extensions and trailers',
      'HTTP/1.1 200\r\ntransfer-encoding:chunked\r\n\r\n2;x=y\r\nab\r\n0\r\nt: 1\r\n\r\n',
      'ab',
    ],
    ['until the connection ends', 'HTTP/1.1 200 OK\r\n\r\nall of it', 'all of it'],
    ['after interim responses', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nx: y\r\n\r\n${sized('x')}`, 'x'],
    ['one that has no body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    ['not yet whole', sized('{"a":1}').slice(0, -1), undefined],
    ['chunks that are not yet whole', chunked('{"a":1}').slice(0, -1), undefined],
  ])('%s', (_what, text, expected) => {
    expect(read([text])?.body).toBe(expected);
  });

  test.each([
    sized('{"ü":"€"}'),
    chunked('grüß', 'e'),
    sized(''),
    sized('x'.repeat(300), '500 No'),
    `HTTP/1.1 100 Continue\r\n\r\n${chunked('a', 'b', 'c')}`,
  ])('it does not matter how the bytes are cut: %j', (text) => {
    const bytes = Buffer.from(text);
    const whole = read([bytes]);
    expect(whole).toBeDefined();
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        expect(read(at.slice(1).map((to, index) => bytes.subarray(at[index], to)))).toEqual(whole);
      }),
    );
  });

  test('a long body in single bytes takes no more room than its length', () => {
    const chunks = Array.from({ length: 100_000 }, () => '1\r\nx\r\n').join('');
    const text = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`;
    expect(read([text], 100_000)?.body).toHaveLength(100_000);
  });

  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n';
  test.each([
    [`${OK}\r\nx`, true],
    [`${OK}Connection: close\r\n\r\nx`, false],
    [`${OK}Connection: Keep-Alive, Close\r\n\r\nx`, false],
    [`${OK}Connection: x\r\nConnection: close\r\n\r\nx`, false],
    [`${OK}\r\nxHTTP/1.1 200 OK`, false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\nx', true],
    ['HTTP/1.1 200 OK\r\n\r\nx', false],
  ])('whether the connection may be used again: %j', (text, keepAlive) => {
    expect(read([text])?.keepAlive).toBe(keepAlive);
  });

  test.each([
    ['timeout=5', { idleMs: 5_000 }],
    ['timeout=5, max=20', { idleMs: 5_000, maxRequests: 20 }],
    ['max=0;timeout=x', { maxRequests: 0 }],
    ['', {}],
  ])('how long the server keeps it: %j', (hint, expected) => {
    const response = read([`${OK}Keep-Alive: ${hint}\r\n\r\nx`]);
    expect(response).toEqual({ status: 200, framing: expect.anything(), keepAlive: true, body: 'x', ...expected });
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk without a length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n'],
    ['a chunk that is longer than it says', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['a chunk without CR', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a folded line', 'HTTP/1.1 200 OK\r\nX: y\r\n Content-Length: 1\r\n\r\nx'],
    ['a space before a colon', 'HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx'],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
    ['a status that is none', 'HTTP/1.1 999 No\r\n\r\n'],
    ['another encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['more than it may be', sized('x'.repeat(1_001))],
    ['more than it may be, in chunks', chunked('x'.repeat(600), 'x'.repeat(600))],
    ['more than it may be, until the end', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_001)}`],
    ['a head without an end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`],
  ])('%s is refused', (_what, text) => {
    expect(() => read([text])).toThrow(MalformedResponse);
  });
});
