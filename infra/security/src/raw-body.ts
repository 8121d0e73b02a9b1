import { gzipSync } from 'node:zlib';
import type { Answer } from './answer.ts';
import { exchange } from './http.ts';
import { openStream, streamKinds } from './transports/streams.ts';

/** The ways that take a body over HTTP. */
export const bodyLanes = ['fast lane', 'compatibility lane', 'server-sent events', 'multipart'] as const;
export type BodyLane = (typeof bodyLanes)[number];

/** Posts a body as it is, whether it is an operation or not. */
export function postRaw(
  url: string,
  lane: BodyLane,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  if (lane === 'server-sent events' || lane === 'multipart') {
    return openStream(url, streamKinds[lane], { headers, body });
  }
  const compress = lane === 'compatibility lane' && headers['content-encoding'] === undefined;
  return exchange(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(compress && { 'content-encoding': 'gzip' }), ...headers },
    body: compress ? gzipSync(body) : body,
  });
}
