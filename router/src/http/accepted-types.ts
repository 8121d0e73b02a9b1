import Negotiator from 'negotiator';
import { rememberTexts } from '../cache/remember-texts.ts';
import type { StreamKind } from './stream-kind.ts';

export type JsonType = 'application/json; charset=utf-8' | 'application/graphql-response+json; charset=utf-8';

/** In which forms a client takes an answer. */
export interface AcceptedTypes {
  /** One response; the best of the two types. Absent where neither is accepted. */
  readonly json: JsonType | undefined;
  /** A stream of responses. A client must name it: whoever accepts anything need not know how to read a stream. */
  readonly stream: StreamKind | undefined;
}

export const JSON_TYPE = 'application/json; charset=utf-8' satisfies JsonType;

/** In the order in which they are chosen where a client has no preference; the same as Apollo Server's. */
const JSON_TYPES: readonly JsonType[] = [JSON_TYPE, 'application/graphql-response+json; charset=utf-8'];
const STREAM_KINDS = { 'text/event-stream': 'sse', 'multipart/mixed; subscriptionSpec=1.0': 'multipart' } as const;
const STREAM_TYPES = Object.keys(STREAM_KINDS) as (keyof typeof STREAM_KINDS)[];

/** Reads `accept` with its quality values (RFC 9110, 12.5.1). Without it everything is accepted. */
export function acceptedTypesOf({ headers: { accept } }: { headers: { accept?: string | undefined } }): AcceptedTypes {
  return accept ? read(accept) : ANYTHING;
}

const ANYTHING: AcceptedTypes = { json: JSON_TYPE, stream: undefined };

const read = rememberTexts((accept: string): AcceptedTypes => {
  const [json] = best(accept, JSON_TYPES);
  const [stream] = best(named(accept), STREAM_TYPES);
  return { json, stream: stream && STREAM_KINDS[stream] };
});

const best = <T extends string>(accept: string, available: readonly T[]): T[] =>
  new Negotiator({ headers: { accept } }).mediaTypes(available) as T[];

const RANGES = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;
const BOUNDARY = /;\s*boundary\s*=\s*("(?:[^"\\]|\\.)*"|[^;,\s]*)/gi;

/** The media ranges without a wildcard, and without the boundary, which is for the router to choose. */
const named = (accept: string): string =>
  (accept.match(RANGES) ?? [])
    .filter((range) => !range.split(';')[0]?.includes('*'))
    .join(',')
    .replaceAll(BOUNDARY, '');
