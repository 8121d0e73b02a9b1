import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedResponse, ResponseReader } from './response-reader.ts';

const read = (parts: readonly (string | Buffer)[], mostBytes = 1_000) => {
  const reader = new ResponseReader(mostBytes);
  const found = [];
  for (const part of parts) {
    const bytes = Buffer.from(part as string);
    reader.push(bytes);
    for (let next = reader.next(); next; next = reader.next()) found.push({ ...next, body: next.body.toString() });
    bytes.fill('!'); // What comes next is received where this was.
  }
  const last = reader.end();
  return last ? [...found, { ...last, body: last.body.toString() }] : found;
};
const bodies = (text: string) => read([text]).map(({ body }) => body);
const chunked = (...chunks: string[]) =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks
    .map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`)
    .join('')}0\r\n\r\n`;
const sized = (body: string, head = '200 OK') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('reading the responses of a connection', () => {
  test.each([
    ['by its length', sized('{"a":1}'), ['{"a":1}']],
    ['empty', sized(''), ['']],
    ['in chunks', chunked('{"a"', ':1}'), ['{"a":1}']],
    [
      'in chunks with extensions and trailers',
      'HTTP/1.1 200\r\ntransfer-encoding:chunked\r\n\r\n2;x=y\r\nab\r\n0\r\nt: 1\r\n\r\n',
      ['ab'],
    ],
    ['until the connection ends', 'HTTP/1.1 200 OK\r\n\r\nall of it', ['all of it']],
    ['several at once', sized('one') + chunked('two') + sized('three'), ['one', 'two', 'three']],
    ['after an interim response', `HTTP/1.1 100 Continue\r\n\r\n${sized('x')}`, ['x']],
    ['one that has no body', 'HTTP/1.1 204 No Content\r\n\r\n' + sized('next'), ['', 'next']],
    ['not yet whole', sized('{"a":1}').slice(0, -1), []],
  ])('%s', (_what, text, expected) => {
    expect(bodies(text)).toEqual(expected);
  });

  test('it does not matter how the bytes are cut', () => {
    const text = Buffer.from(sized('{"ü":"€"}') + chunked('grüß', 'e') + sized('') + sized('x'.repeat(300), '500 No'));
    const whole = read([text]);
    expect(whole.map(({ status }) => status)).toEqual([200, 200, 200, 500]);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        expect(read(at.slice(1).map((to, index) => text.subarray(at[index], to)))).toEqual(whole);
      }),
    );
  });

  test.each([
    ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx', true],
    ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx', false],
    ['HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx', false],
    ['HTTP/1.1 200 OK\r\n\r\nx', false],
  ])('whether the connection may be used again: %j', (text, keepAlive) => {
    expect(read([text])[0]?.keepAlive).toBe(keepAlive);
  });

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200\r\n\r\n'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['a chunk without a length', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n'],
    ['another encoding', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n'],
    ['more than it may be', sized('x'.repeat(1_001))],
    ['more than it may be, in chunks', chunked('x'.repeat(600), 'x'.repeat(600))],
    ['more than it may be, until the end', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(1_001)}`],
    ['a head without an end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`],
  ])('%s is refused', (_what, text) => {
    expect(() => read([text])).toThrow(MalformedResponse);
  });
});
