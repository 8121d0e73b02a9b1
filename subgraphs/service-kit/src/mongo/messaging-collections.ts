import { defineEntity, p } from '@mikro-orm/mongodb';

/** One message that waits for its confirm. `_id` is the message id. */
export const outboxSchema = defineEntity({
  name: 'OutboxMessage',
  collection: 'outbox',
  properties: {
    _id: p.string().primary(),
    seq: p.double(),
    subject: p.string(),
    message: p.json(),
    createdAt: p.datetime(),
  },
  indexes: [{ properties: ['seq'] }],
});

/** One message id that was accepted. */
export const inboxSchema = defineEntity({
  name: 'InboxMessage',
  collection: 'inbox',
  properties: { _id: p.string().primary(), acceptedAt: p.datetime() },
  indexes: [{ properties: ['acceptedAt'] }],
});
