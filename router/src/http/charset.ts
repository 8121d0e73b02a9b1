import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CorsHeaders } from './cors.ts';

const UTF8 = /^[^;]*(;\s*charset=("utf-?8"|utf-?8)\s*)?$/i;

/** Whether a body says that it is in another charset than UTF-8, which alone is JSON (RFC 8259, 8.1), or says it badly. */
export function hasOtherCharset({ headers }: IncomingMessage): boolean {
  const type = headers['content-type'];
  return type !== undefined && /charset/i.test(type) && !UTF8.test(type);
}

export function refuseCharset(req: IncomingMessage, res: ServerResponse, corsHeaders: CorsHeaders): void {
  const text = JSON.stringify({
    errors: [{ message: "The request body can't be read: charset.unsupported", extensions: { code: 'BAD_REQUEST' } }],
  });
  // The body is not read.
  res
    .writeHead(415, {
      ...corsHeaders(req),
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      connection: 'close',
    })
    .end(text);
}
