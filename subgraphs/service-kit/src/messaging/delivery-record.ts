import { cleanText, clip, isCleanText } from '@brigade/schema';
import type { AsyncMessage } from 'rabbitmq-client';
import type { DeliveryHeaders } from './broker.ts';

/** What is known of a message's earlier attempts. We count them ourselves: brokers' own headers differ by version. */
export interface DeliveryRecord {
  messageId: string;
  name: string;
  /** Failed attempts so far. */
  attempts: number;
  /** How often it waited for something else that was away, which is no failure of its own. */
  waits: number;
  firstFailedAt?: string;
}

const header = {
  attempts: 'x-attempts',
  waits: 'x-waits',
  firstFailedAt: 'x-first-failed-at',
  lastFailedAt: 'x-last-failed-at',
  reason: 'x-reason',
  stack: 'x-stack',
  name: 'x-message-name',
} as const;

const MAX_STACK = 4_000;
const MAX_REASON = 1_000;
const MAX_NAME = 200;
const MAX_COUNT = 1_000_000;

export function deliveryRecord(delivery: AsyncMessage): DeliveryRecord {
  const headers = (delivery.headers ?? {}) as Record<string, unknown>;
  const firstFailedAt = headers[header.firstFailedAt];
  return {
    messageId: delivery.messageId ?? '',
    name: nameOf(delivery.type) ?? nameOf(headers[header.name]) ?? 'unknown',
    attempts: countOf(headers[header.attempts]),
    waits: countOf(headers[header.waits]),
    ...(isTime(firstFailedAt) && { firstFailedAt }),
  };
}

/** Headers are anybody's to write: a count that is none must not make a message immortal. */
const countOf = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, MAX_COUNT) : 0;

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && isCleanText(value) ? clip(value, MAX_NAME) : undefined;

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 40 && !Number.isNaN(Date.parse(value));

/** What a retry or a dead letter carries: reason, stack, attempts, first and last time (ISO 8601). */
export function failureHeaders(record: DeliveryRecord, error: Error): DeliveryHeaders {
  const now = new Date().toISOString();
  return {
    [header.name]: record.name,
    [header.attempts]: record.attempts,
    [header.waits]: record.waits,
    [header.firstFailedAt]: record.firstFailedAt ?? now,
    [header.lastFailedAt]: now,
    [header.reason]: clip(cleanText(`${error.name}: ${error.message}`), MAX_REASON),
    [header.stack]: clip(cleanText(error.stack ?? ''), MAX_STACK),
  };
}
