import { createHash } from 'node:crypto';
import { bodyOf, bytesOf, keepable } from './body.ts';
import type { Burial } from './dead-letter.ts';

/** A delivery from a dead-letter queue, as the AMQP client hands it over. */
export interface Delivered {
  messageId?: string | undefined;
  type?: string | undefined;
  contentType?: string | undefined;
  headers?: Readonly<Record<string, unknown>> | undefined;
  body?: unknown;
}

/** One entry of `x-death`, the broker's own record: https://www.rabbitmq.com/docs/dlx#effects */
interface BrokerDeath {
  reason?: unknown;
  queue?: unknown;
  time?: unknown;
  count?: unknown;
}

/**
 * What a delivery from the dead-letter queue of `consumer` tells. A consumer that gives up notes why in headers of our
 * own; where the broker itself gave up (delivery limit) there are none, or only those of the attempts before.
 */
export function readBurial(delivery: Delivered, consumer: string, workQueue: string): Burial {
  const { headers = {} } = delivery;
  const body = bodyOf(delivery.body, delivery.contentType);
  const envelope: Record<string, unknown> = body.kind === 'json' ? { ...body.value } : {};
  const died = brokerDeath(headers);
  const given = died ? brokerGaveUp(died) : undefined;
  return {
    consumer,
    queue: name(headers['x-queue']) ?? name(died?.queue) ?? workQueue,
    messageId: name(delivery.messageId) ?? `sha256:${createHash('sha256').update(bytesOf(body)).digest('hex')}`,
    messageName: name(headers['x-message-name']) ?? name(delivery.type) ?? name(envelope.name) ?? 'unknown',
    subject: text(envelope.subject) ?? null,
    body,
    reason: given?.reason ?? text(headers['x-reason']) ?? 'no reason was noted',
    stack: given ? null : (text(headers['x-stack']) ?? null),
    attempts: count(headers['x-attempts']) || count(died?.count),
    firstFailedAt: time(headers['x-first-failed-at']) ?? given?.at ?? null,
    lastFailedAt: (given ? given.at : time(headers['x-last-failed-at'])) ?? null,
  };
}

/** What the broker itself put aside; a message that `expired` only waited in a delay queue for its next attempt. */
function brokerDeath(headers: Readonly<Record<string, unknown>>): BrokerDeath | undefined {
  const deaths = Array.isArray(headers['x-death']) ? (headers['x-death'] as BrokerDeath[]) : [];
  return deaths.find(({ reason }) => reason !== 'expired');
}

const brokerGaveUp = ({ reason, queue, time: at }: BrokerDeath) => ({
  reason: `put aside by the broker: ${text(reason) ?? 'no reason'} in ${text(queue) ?? 'an unnamed queue'}`,
  at: time(at),
});

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? keepable(value) : undefined;

/** A redrive sends it in a field of AMQP that holds 255 bytes; characters have up to 3. */
const name = (value: unknown): string | undefined => {
  const given = text(value);
  return given !== undefined && Buffer.byteLength(given) > 255 ? given.slice(0, 85) : given;
};

/** From ISO 8601, a Date, or seconds since 1970 as AMQP has them. */
function time(value: unknown): Date | undefined {
  const date =
    value instanceof Date
      ? value
      : typeof value === 'number'
        ? new Date(value * 1_000)
        : new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const count = (value: unknown): number => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, 2_147_483_647) : 0;
};
