import type { Random } from '../../../infra/fuzz/src/random.ts';

/** Field lines that change nothing. */
const oddHeaders: readonly string[] = [
  'Date: never',
  'X-Empty:',
  'x-long: ' + 'y'.repeat(8_000),
  'SET-COOKIE: a=b',
  'Content-Type: application/graphql-response+json; charset=utf-8',
  'content-type:text/html',
  "!#$%&'*+.^_`|~: 1",
  'Keep-Alive: timeout=0',
  'keep-alive: timeout=1, max=1',
  'Keep-Alive: timeout=abc, max=-1',
  'Connection: keep-alive, Close',
  'connection: upgrade',
  'Trailer: x',
  'x-high: \u00ff\u0080',
];

/** Heads that are none, or leave in doubt where the body ends. */
const brokenHeads: readonly ((length: number, random: Random) => string)[] = [
  () => 'HTTP/2 200',
  () => 'HTTP/1.1 20',
  () => 'HTTP/1.1 999 No',
  () => 'ICY 200 OK',
  () => 'SSH-2.0-OpenSSH_9.6',
  () => '',
  (length) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nContent-Length: ${length + 1}`,
  (length) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\nTransfer-Encoding: chunked`,
  (length) => `HTTP/1.1 200 OK\r\nContent-Length : ${length}`,
  (length) => `HTTP/1.1 200 OK\r\nx: y\r\n Content-Length: ${length}`,
  (length) => `HTTP/1.1 200 OK\nContent-Length: ${length}`,
  (length) => `HTTP/1.1 200 OK\r\nContent-Length: -${length}`,
  (length) => `HTTP/1.1 200 OK\r\nContent-Length: 0x${length}`,
  () => 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999999',
  () => 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked',
  () => 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x',
  (_length, random) => `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(random.int(20_000))}x: y`,
  (_length, random) => `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(random.int(200_000))}`,
];

/** A response that says the body, in one of the ways in which HTTP/1.1 can. */
export function framed(body: Buffer, status: number, random: Random): Buffer {
  const headers: string[] = [];
  while (random.chance(0.4)) headers.push(random.pick(oddHeaders));
  const lines = headers.map((line) => `${line}\r\n`).join('');
  const interim = random.chance(0.1) ? 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'.repeat(1 + random.int(20)) : '';
  const begin = `${interim}HTTP/1.${random.chance(0.1) ? 0 : 1} ${status} Whatever\r\n${lines}`;
  if (random.chance(0.5)) return join(`${begin}content-length: ${body.length}\r\n\r\n`, body);
  return join(`${begin}Transfer-Encoding: chunked\r\n\r\n`, chunked(body, random));
}

/** A response of which nobody can tell, or only in a wrong way, where it ends. */
export function misframed(body: Buffer, random: Random): Buffer {
  const off = random.pick([-1, 1, -7, 1_000, 100_000_000]);
  switch (random.int(6)) {
    case 0:
      return join(`HTTP/1.1 200 OK\r\ncontent-length: ${Math.max(0, body.length + off)}\r\n\r\n`, body);
    case 1:
      return join('HTTP/1.1 200 OK\r\n\r\n', body);
    case 2:
      return join('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', brokenChunks(body, random));
    case 3:
      return join(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`, Buffer.concat([body, body]));
    case 4:
      return join('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1 + random.int(10_000)), Buffer.alloc(0));
    default:
      return join(`${random.pick(brokenHeads)(body.length, random)}\r\n\r\n`, body);
  }
}

function chunked(body: Buffer, random: Random): Buffer {
  const parts: Buffer[] = [];
  const most = Math.max(random.pick([3, 100, 100_000]), body.length / 1_000);
  for (let at = 0; at < body.length;) {
    const chunk = body.subarray(at, at + 1 + random.int(most));
    const size = chunk.length.toString(16);
    parts.push(
      join(`${random.chance(0.5) ? size : size.toUpperCase()}${random.chance(0.2) ? ';x="y"' : ''}\r\n`, chunk),
    );
    parts.push(Buffer.from('\r\n'));
    at += chunk.length;
  }
  parts.push(Buffer.from(random.chance(0.2) ? '0\r\nx-trailer: 1\r\n\r\n' : '0\r\n\r\n'));
  return Buffer.concat(parts);
}

function brokenChunks(body: Buffer, random: Random): Buffer {
  const size = body.length.toString(16);
  const line = random.pick([`${size}x`, '', '-1', 'ffffffff', 'fffffffff', `${size} `.repeat(5_000), '1', `0x${size}`]);
  return join(`${line}\r\n`, Buffer.concat([body, Buffer.from('\r\n0\r\n\r\n')]));
}

const join = (head: string, body: Buffer): Buffer => Buffer.concat([Buffer.from(head, 'latin1'), body]);
