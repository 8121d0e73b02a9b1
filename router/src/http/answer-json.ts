import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterRequest } from '@brigade/service-kit/process';
import type { WrittenResponse } from '../compile/write-response.ts';
import { JSON_TYPE, acceptedTypesOf } from './accepted-types.ts';

type Headers = Readonly<Record<string, string>>;

/** Answers with one JSON response, in the type that the client prefers. */
export function answerJson(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  headers: Headers,
  body: object,
): void {
  const text = JSON.stringify(body);
  answerWritten(req, res, status, headers, { text, bytes: Buffer.byteLength(text) });
}

/** As `answerJson`, for a response that has been written. */
export function answerWritten(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  headers: Headers,
  { text, bytes }: WrittenResponse,
): void {
  const type = acceptedTypesOf(req).json ?? JSON_TYPE;
  // What is ASCII is the same in both, and sooner written in the first.
  const encoding = bytes === text.length ? 'latin1' : 'utf8';
  const head = { 'content-type': type, 'content-length': bytes, ...headers };
  if (req.complete) {
    res.writeHead(status, head).end(text, encoding);
    return;
  }
  // A body that was not read to its end leaves the connection of no use.
  res.writeHead(status, { ...head, connection: 'close' }).write(text, encoding);
  afterRequest(req, () => res.end());
}
