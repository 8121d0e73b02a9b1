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

export function deliveryRecord(delivery: AsyncMessage): DeliveryRecord {
  const headers = (delivery.headers ?? {}) as Record<string, unknown>;
  const firstFailedAt = headers[header.firstFailedAt];
  return {
    messageId: delivery.messageId ?? '',
    name: delivery.type ?? String(headers[header.name] ?? 'unknown'),
    attempts: Number(headers[header.attempts] ?? 0),
    waits: Number(headers[header.waits] ?? 0),
    ...(typeof firstFailedAt === 'string' && { firstFailedAt }),
  };
}

/** What a retry or a dead letter carries: reason, stack, attempts, first and last time (ISO 8601). */
export function failureHeaders(record: DeliveryRecord, error: Error): DeliveryHeaders {
  const now = new Date().toISOString();
  return {
    [header.name]: record.name,
    [header.attempts]: record.attempts,
    [header.waits]: record.waits,
    [header.firstFailedAt]: record.firstFailedAt ?? now,
    [header.lastFailedAt]: now,
    [header.reason]: `${error.name}: ${error.message}`.slice(0, 1_000),
    [header.stack]: (error.stack ?? '').slice(0, MAX_STACK),
  };
}
