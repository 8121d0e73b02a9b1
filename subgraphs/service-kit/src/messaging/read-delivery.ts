import { UnreadableJson, readJson } from '@brigade/schema';
import type { AsyncMessage } from 'rabbitmq-client';
import { PoisonMessage } from '../errors/delivery-errors.ts';
import { IDENTITY } from './raw-bodies.ts';

/** A delivery from a connection with raw bodies: its JSON, or why it is none; and its bytes either way. */
export interface ReadDelivery {
  bytes: Buffer;
  /** As the sender named it; absent where nobody did. */
  contentType?: string;
  body: { json: unknown } | { fault: PoisonMessage };
}

export function readDelivery(delivery: AsyncMessage): ReadDelivery {
  const bytes = delivery.body as Buffer;
  const { contentType, contentEncoding = IDENTITY } = delivery;
  return { bytes, ...(contentType && { contentType }), body: bodyOf(bytes, contentEncoding) };
}

function bodyOf(bytes: Buffer, encoding: string): ReadDelivery['body'] {
  if (![IDENTITY, 'utf-8'].includes(encoding.toLowerCase()))
    return { fault: new PoisonMessage(`not a message: its encoding is ${JSON.stringify(encoding.slice(0, 100))}`) };
  try {
    return { json: readJson(bytes) };
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error;
    return { fault: new PoisonMessage(`not a message: ${error.message}`, { cause: error }) };
  }
}
