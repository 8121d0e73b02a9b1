import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';

/** One row a dead letter. Its body is in `body`, or, where that can't keep it, in `raw_body` and `content_type`. */
export const DeadLetterSchema = defineEntity({
  name: 'DeadLetterRow',
  tableName: 'dead_letters',
  properties: {
    id: p.uuid().primary(),
    consumer: p.string(),
    queue: p.string(),
    messageId: p.string(),
    messageName: p.string(),
    subject: p.string().nullable(),
    body: p.json<object>().nullable(),
    rawBody: p.text().nullable(),
    contentType: p.string().nullable(),
    reason: p.text(),
    stack: p.text().nullable(),
    attempts: p.integer(),
    firstFailedAt: p.datetime().nullable(),
    lastFailedAt: p.datetime().nullable(),
    deaths: p.integer(),
    status: p.string(),
  },
});
export type DeadLetterRow = InferEntity<typeof DeadLetterSchema>;

/** One row for each thing that happened to a dead letter; never changed, never deleted. */
export const DeadLetterActionSchema = defineEntity({
  name: 'DeadLetterActionRow',
  tableName: 'dead_letter_actions',
  properties: {
    seq: p.bigint('number').primary(),
    letterId: p.uuid(),
    kind: p.string(),
    who: p.string(),
    at: p.datetime(),
    why: p.text(),
    failedAt: p.datetime().nullable(),
    before: p.json<object>().nullable(),
    after: p.json<object>().nullable(),
  },
});
export type DeadLetterActionRow = InferEntity<typeof DeadLetterActionSchema>;

export const entities = [DeadLetterSchema, DeadLetterActionSchema];
