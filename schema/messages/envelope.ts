import { z } from 'zod';
import { text } from './text.ts';

/**
 * What every message carries beside its payload.
 *
 * - `id`: UUIDv7, given once by the producer and kept through retries and redrives; the inbox's key.
 * - `correlationId`: the same for everything that one request of a user set in motion.
 * - `causationId`: the id of the message (or request) that led to this one.
 * - `traceparent`: W3C Trace Context, so that a trace crosses the broker.
 * - `subject`: the aggregate that the message is about; messages of one subject leave in order. Retries, redrives and a
 *   second instance of the consumer may change it on the way, so nobody relies on it.
 */
export const envelopeSchema = z.strictObject({
  id: z.uuid(),
  name: text({ min: 0 }).regex(/^[a-z]+\.[a-z-]+\.v\d+$/),
  occurredAt: z.iso.datetime(),
  correlationId: text({ max: 200 }),
  causationId: text({ max: 200 }),
  traceparent: text({ min: 0 }).optional(),
  subject: text({ max: 200 }),
  payload: z.unknown(),
});

export type Envelope<P = unknown> = Omit<z.infer<typeof envelopeSchema>, 'payload'> & { payload: P };
