import type { IncomingMessage, ServerResponse } from 'node:http';
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
  // A body that was not read to its end leaves the connection of no use.
  const ending = req.complete ? undefined : { connection: 'close' };
  res
    .writeHead(status, { 'content-type': type, 'content-length': bytes, ...headers, ...ending })
    // What is ASCII is the same in both, and sooner written in this one.
    .end(text, bytes === text.length ? 'latin1' : 'utf8');
}
