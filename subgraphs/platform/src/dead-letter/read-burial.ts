import { createHash } from 'node:crypto';
import { MAX_KEPT_BYTES, bodyOf, keepable, rawBody } from './body.ts';
import type { Burial } from './dead-letter.ts';

/** A delivery from a dead-letter queue, from a connection with raw bodies. */
export interface Delivered {
  messageId?: string | undefined;
  type?: string | undefined;
  contentType?: string | undefined;
  headers?: Readonly<Record<string, unknown>> | undefined;
  body: Buffer;
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
  const { headers = {}, body: bytes } = delivery;
  const body = bodyOf(bytes, delivery.contentType);
  const envelope: Record<string, unknown> = body.kind === 'json' ? { ...body.value } : {};
  const died = brokerDeath(headers);
  const given = died ? brokerGaveUp(died) : undefined;
  return {
    consumer,
    queue: name(headers['x-queue']) ?? name(died?.queue) ?? workQueue,
    messageId: name(delivery.messageId) ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    messageName: name(headers['x-message-name']) ?? name(delivery.type) ?? name(envelope.name) ?? 'unknown',
    subject: text(envelope.subject) ?? null,
    body,
    reason: `${given?.reason ?? text(headers['x-reason']) ?? 'no reason was noted'}${cutOff(bytes)}`,
    stack: given ? null : (text(headers['x-stack']) ?? null),
    attempts: count(headers['x-attempts']) || count(died?.count),
    firstFailedAt: time(headers['x-first-failed-at']) ?? given?.at ?? null,
    lastFailedAt: (given ? given.at : time(headers['x-last-failed-at'])) ?? null,
  };
}

/**
 * The same, without anything that could keep a database from taking it: for a burial that could not be kept as it is.
 * Only what it was made of, byte by byte, and why it is kept like this.
 */
export function bareBurial(delivery: Delivered, consumer: string, workQueue: string, why: string): Burial {
  const { body: bytes, contentType } = delivery;
  return {
    consumer,
    queue: workQueue,
    messageId: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    messageName: 'unknown',
    subject: null,
    body: rawBody(bytes, contentType),
    reason: `could not be kept as it came (${keepable(why).slice(0, 500).toWellFormed()})${cutOff(bytes)}`,
    stack: null,
    attempts: 0,
    firstFailedAt: null,
    lastFailedAt: null,
  };
}

const cutOff = ({ length }: Buffer): string =>
  length > MAX_KEPT_BYTES ? ` (the first ${MAX_KEPT_BYTES} of ${length} bytes are kept)` : '';

/** What the broker itself put aside; a message that `expired` only waited in a delay queue for its next attempt. */
function brokerDeath(headers: Readonly<Record<string, unknown>>): BrokerDeath | undefined {
  const deaths = Array.isArray(headers['x-death']) ? (headers['x-death'] as unknown[]) : [];
  return deaths.filter(isRecord).find(({ reason }) => reason !== 'expired');
}

/** Headers are anybody's to write. */
const isRecord = (value: unknown): value is BrokerDeath => typeof value === 'object' && value !== null;

const brokerGaveUp = ({ reason, queue, time: at }: BrokerDeath) => ({
  reason: `put aside by the broker: ${text(reason) ?? 'no reason'} in ${text(queue) ?? 'an unnamed queue'}`,
  at: time(at),
});

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? keepable(value) : undefined;

/** A redrive sends it in a field of AMQP that holds 255 bytes; characters have up to 3. */
const name = (value: unknown): string | undefined => {
  const given = text(value);
  return given !== undefined && Buffer.byteLength(given) > 255 ? given.slice(0, 85).toWellFormed() : given;
};

/** From ISO 8601, a Date, or seconds since 1970 as AMQP has them; nothing for what no death can have happened at. */
function time(value: unknown): Date | undefined {
  const date =
    value instanceof Date
      ? value
      : typeof value === 'number'
        ? new Date(value * 1_000)
        : new Date(typeof value === 'string' ? value : Number.NaN);
  const at = date.getTime();
  return at >= 0 && at < Date.UTC(10_000) ? date : undefined;
}

const count = (value: unknown): number => {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? Math.min(number, 2_147_483_647) : 0;
};
