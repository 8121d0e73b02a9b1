import { envelopeSchema } from '@brigade/schema';
import { validate as isUuid } from 'uuid';
import type { DeadLetter as Letter } from '../dead-letter/dead-letter.ts';
import { isAboutAnOrder } from '../dead-letter/edit-payload.ts';
import type { DeadLetterActionRow } from '../store/entities.ts';
import type { DeadLetter, DeadLetterAction } from './dead-letter.type.ts';

/** The API's dead letter, and what the command line shows. */
export function deadLetterFrom({ body, ...letter }: Letter): DeadLetter {
  const { subject, messageName } = letter;
  const envelope = body.kind === 'json' ? envelopeSchema.safeParse(body.value) : undefined;
  return {
    ...letter,
    order: subject !== null && isUuid(subject) && isAboutAnOrder(messageName) ? { id: subject } : null,
    payload: envelope?.success ? (JSON.stringify(envelope.data.payload) ?? null) : null,
    body: body.kind === 'json' ? JSON.stringify(body.value) : body.base64,
    readable: body.kind === 'json',
    contentType: body.kind === 'raw' ? body.contentType : null,
  };
}

export const actionFrom = ({ kind, who, at, why, before, after }: DeadLetterActionRow): DeadLetterAction => ({
  kind: kind as DeadLetterAction['kind'],
  who,
  at,
  why,
  before: before ? JSON.stringify(before) : null,
  after: after ? JSON.stringify(after) : null,
});
