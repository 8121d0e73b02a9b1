import { request, type Agent } from 'node:http';
import { newAddress } from './address.ts';
import { bodyIn, type Answer } from './answer.ts';

/** Nothing that is answered at all takes so long, milliseconds. */
export const PATIENCE_MS = 30_000;

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Says of what has come so far that it is enough: for responses that go on for ever. */
  readonly enough?: (text: string) => boolean;
  /** Where it comes from; an address of its own by default. */
  readonly from?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Keeps connections; each request has one of its own by default. */
  readonly agent?: Agent;
}

/** One HTTP request. @throws Error when the connection breaks, or nothing comes in time */
export function exchange(
  url: string,
  { method = 'GET', headers = {}, body, enough, from = newAddress(), signal, agent }: HttpRequest = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request(url, {
      method,
      agent: agent ?? false,
      ...(from && { localAddress: from }),
      ...(signal && { signal }),
      headers: { ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }), ...headers },
    });
    const timer = setTimeout(() => req.destroy(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    req.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    req.on('response', (res) => {
      let text = '';
      const finish = () => {
        clearTimeout(timer);
        resolve(answerOf(res.statusCode ?? 0, res.headers, text));
      };
      res.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (!enough?.(text)) return;
        finish();
        req.destroy();
      });
      res.on('end', finish);
      res.on('error', finish);
    });
    req.end(body);
  });
}

export function answerOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
): Answer {
  const body = bodyIn(text);
  return {
    status,
    refused: status >= 400,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(body && { body }),
    text,
  };
}
