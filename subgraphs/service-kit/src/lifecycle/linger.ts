import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** So long, milliseconds, and so many bytes, is what still comes of a request read and thrown away. */
const MAX_MS = 5_000;
const MAX_BYTES = 1_048_576;

/**
 * Calls back when a request that has been answered early has come to its end, or enough of it was read. A connection that
 * is closed before that is reset, and a client that still sends loses the answer (RFC 9112 §9.6).
 */
export function afterRequest(req: IncomingMessage, then: () => void): void {
  let bytes = 0;
  const read = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) over();
  };
  const over = () => {
    clearTimeout(timer);
    req.off('data', read).off('end', over).off('close', over);
    then();
  };
  const timer = setTimeout(over, MAX_MS);
  req.on('data', read).on('end', over).on('close', over);
  if (req.destroyed) over();
  else req.resume();
}

type End = (...given: unknown[]) => ServerResponse;

/** Wraps a handler, so that what it answers before a request is whole is not lost with the connection. */
export const lingering =
  (handler: RequestListener): RequestListener =>
  (req, res) => {
    const end = res.end.bind(res) as End;
    const endLater: End = (...given) => {
      res.end = end as typeof res.end;
      if (req.complete) return end(...given);
      if (!res.headersSent) res.setHeader('connection', 'close');
      const done = given.filter((argument) => typeof argument === 'function');
      const [chunk, encoding] = given.slice(0, given.length - done.length);
      if (chunk !== undefined && chunk !== null) res.write(chunk, encoding as BufferEncoding);
      afterRequest(req, () => end(...done));
      return res;
    };
    res.end = endLater as typeof res.end;
    handler(req, res);
  };
