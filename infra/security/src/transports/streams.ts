import { bodyIn, type Answer, type GraphQLBody } from '../answer.ts';
import { exchange, type HttpRequest } from '../http.ts';
import { bearer, type Send } from './transport.ts';

/** A kind of stream: how it is asked for, and the first thing that it tells, once that is whole. */
interface StreamKind {
  readonly accept: string;
  read(text: string): GraphQLBody | undefined;
}

export const streamKinds = {
  /** Distinct connections. */
  'server-sent events': {
    accept: 'text/event-stream',
    read(text) {
      const data = /^event: next\ndata: (.*)\n\n/m.exec(text)?.[1];
      return data === undefined ? undefined : bodyIn(data);
    },
  },
  /** Apollo's protocol. */
  multipart: {
    accept: 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0',
    read(text) {
      const parts = text.split('\r\n--graphql').slice(0, -1); // what follows the last boundary is not whole yet
      for (const part of parts) {
        const message = bodyIn(part.split('\r\n\r\n')[1] ?? '') as { payload?: GraphQLBody | null } & GraphQLBody;
        if (message?.payload) return message.payload;
        if (message?.errors) return { errors: message.errors };
      }
      return undefined;
    },
  },
} satisfies Record<string, StreamKind>;

/** Posts for a stream, and takes the first thing that it tells; or the answer, when none was begun. */
export async function openStream(url: string, { accept, read }: StreamKind, request: HttpRequest): Promise<Answer> {
  const answer = await exchange(url, {
    ...request,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...request.headers },
    enough: (text) => read(text) !== undefined,
  });
  const body = answer.status === 200 ? read(answer.text) : undefined;
  return body ? { ...answer, body } : answer;
}

const streamed =
  (kind: StreamKind): Send =>
  (url, operation, { token, headers, from, signal } = {}) =>
    openStream(url, kind, {
      headers: { ...bearer(token), ...headers },
      body: JSON.stringify(operation),
      from,
      signal,
    });

export const serverSentEvents = streamed(streamKinds['server-sent events']);
export const multipart = streamed(streamKinds.multipart);
