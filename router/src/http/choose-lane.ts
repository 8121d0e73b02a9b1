import type { IncomingMessage } from 'node:http';
import { refusal, type Refusal } from '../pipeline/refusal.ts';
import { acceptedTypesOf } from './accepted-types.ts';
import { bodyTypeOf } from './content-type.ts';

export type Lane = 'fast' | 'stream' | 'compatibility';

/**
 * The lane that serves a request.
 *
 * A POST of JSON that is not compressed takes the fast lane; the stream lane, if it accepts a stream too: only there it
 * is known soon enough whether the operation is a subscription. Pages of other origins can't send JSON unasked. Whatever
 * else there is takes the compatibility lane.
 * @returns a refusal for what no lane serves: another charset than UTF-8, or a POST that accepts no form of an answer
 */
export function chooseLane(req: IncomingMessage): Lane | Refusal {
  const { method, url = '', headers } = req;
  const { isJson, hasOtherCharset } = bodyTypeOf(headers);
  if (hasOtherCharset) return refusal(415, 'BAD_REQUEST', "The request body can't be read: charset.unsupported");
  const isUsual = url === '/graphql';
  if (method !== 'POST' || !isJson || !(isUsual || url.startsWith('/graphql?'))) return 'compatibility';
  const { json, stream } = acceptedTypesOf(req);
  if (!json && !stream) return NOT_ACCEPTABLE;
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  // The stream lane refuses what is compressed; where JSON is accepted another lane need not.
  if (stream && (isPlain || !json)) return 'stream';
  return isUsual && isPlain ? 'fast' : 'compatibility';
}

const NOT_ACCEPTABLE = refusal(
  406,
  'BAD_REQUEST',
  'None of the types that the client accepts can be answered: application/json, application/graphql-response+json, ' +
    'for subscriptions text/event-stream or multipart/mixed; subscriptionSpec=1.0.',
);
