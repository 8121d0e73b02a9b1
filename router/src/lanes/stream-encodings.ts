import type { StreamKind } from '../http/stream-kind.ts';

/** How a stream of GraphQL responses is written. */
export interface StreamEncoding {
  readonly contentType: string;
  /** Before the first response. */
  readonly head: string;
  /** @param text of a GraphQL response */
  next(text: string): string;
  readonly heartbeat: string;
  /** After the last response. */
  readonly tail: string;
  /** In place of the tail, when it ends with errors. @param errors as JSON */
  failed(errors: string): string;
}

const BOUNDARY = '\r\n--graphql';
const part = (json: string) => `\r\ncontent-type: application/json\r\n\r\n${json}${BOUNDARY}`;

export const encodings: Readonly<Record<StreamKind, StreamEncoding>> = {
  /** The distinct connections mode of the GraphQL over SSE protocol. */
  sse: {
    contentType: 'text/event-stream; charset=utf-8',
    head: ':\n\n',
    next: (text) => `event: next\ndata: ${text}\n\n`,
    heartbeat: ':\n\n',
    tail: 'event: complete\ndata:\n\n',
    failed: (errors) => `event: next\ndata: {"errors":${errors}}\n\nevent: complete\ndata:\n\n`,
  },
  /** Apollo's multipart protocol for subscriptions. A client reads a part when it sees the boundary after it. */
  multipart: {
    contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    head: BOUNDARY,
    next: (text) => part(`{"payload":${text}}`),
    heartbeat: part('{}'),
    tail: '--\r\n',
    failed: (errors) => `${part(`{"payload":null,"errors":${errors}}`)}--\r\n`,
  },
};
