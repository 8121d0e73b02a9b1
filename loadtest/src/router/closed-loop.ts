import { connect, type Socket } from 'node:net';

export interface Loop {
  readonly requests: number;
  readonly failures: number;
  /** Milliseconds, sorted. */
  readonly times: Float64Array;
  readonly seconds: number;
}

/**
 * Asks the same again and again over keep-alive connections, one request at a time on each. Written on bare sockets, so
 * that the one who asks takes little of the core that it shares with the subgraphs.
 */
export async function closedLoop(
  port: number,
  request: Buffer,
  { connections, ms }: { connections: number; ms: number },
): Promise<Loop> {
  const times: number[] = [];
  let failures = 0;
  const started = performance.now();
  const until = started + ms;
  await Promise.all(
    Array.from({ length: connections }, () =>
      ask(port, request, until, (took, ok) => {
        times.push(took);
        if (!ok) failures += 1;
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { requests: times.length, failures, times: Float64Array.from(times).sort(), seconds };
}

function ask(port: number, request: Buffer, until: number, told: (ms: number, ok: boolean) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sent = 0;
    let response = new ResponseReader();
    const send = () => {
      sent = performance.now();
      response = new ResponseReader();
      socket.write(request);
    };
    socket.once('connect', send);
    socket.once('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (!response.take(chunk)) return;
      const now = performance.now();
      told(now - sent, response.status === 200);
      if (now < until) send();
      else socket.end(resolve);
    });
  });
}

/** Finds the end of one HTTP/1.1 response: by its length, or by its last chunk. */
class ResponseReader {
  status = 0;
  #head = '';
  #left = -1;
  #chunked = false;
  #tail = '';

  /** @returns whether the response is whole */
  take(chunk: Buffer): boolean {
    let body = chunk;
    if (this.status === 0) {
      const at = chunk.indexOf('\r\n\r\n');
      this.#head += chunk.toString('latin1', 0, at === -1 ? chunk.length : at);
      if (at === -1) return false;
      body = chunk.subarray(at + 4);
      this.status = Number(this.#head.slice(9, 12));
      const length = /\r\ncontent-length: *(\d+)/i.exec(this.#head)?.[1];
      this.#chunked = length === undefined;
      this.#left = Number(length ?? 0);
    }
    if (!this.#chunked) {
      this.#left -= body.length;
      return this.#left <= 0;
    }
    this.#tail = (this.#tail + body.toString('latin1', Math.max(0, body.length - 7))).slice(-7);
    return this.#tail.endsWith('\r\n0\r\n\r\n') || this.#tail === '0\r\n\r\n';
  }
}
