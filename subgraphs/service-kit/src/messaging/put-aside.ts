import type { Envelope } from '@brigade/schema';
import { DependencyUnavailable, PoisonMessage } from '../errors/delivery-errors.ts';
import type { Logger } from '../observe/logger.ts';
import type { Broker } from './broker.ts';
import { failureHeaders, type DeliveryRecord } from './delivery-record.ts';
import type { ReadDelivery } from './read-delivery.ts';
import { retryDelays } from './topology.ts';

type Delivered = Pick<ReadDelivery, 'bytes' | 'contentType'>;

interface PutAsideOptions {
  consumer: string;
  broker: Broker;
  maxAttempts: number;
  /** Called before a message goes to the dead letters. */
  giveUp?: () => Promise<void>;
  log: Logger;
}

/** What becomes of a message whose handling failed: it comes back after a pause, or, after the last attempt, it is dead. */
export async function putAside(
  message: Envelope,
  delivery: Delivered,
  record: DeliveryRecord,
  error: Error,
  options: PutAsideOptions,
): Promise<'retry' | 'dead'> {
  const waits = error instanceof DependencyUnavailable;
  const failed = waits ? { ...record, waits: record.waits + 1 } : { ...record, attempts: record.attempts + 1 };
  const tooOften = !waits && failed.attempts >= options.maxAttempts;
  if (error instanceof PoisonMessage || tooOften) {
    await options.giveUp?.();
    return deadLetter(delivery, record, error, options);
  }
  const delayMs = retryDelays[Math.min(failed.attempts + failed.waits, retryDelays.length) - 1] ?? 60_000;
  options.log.warn(
    { err: error, message_name: message.name, attempt: failed.attempts, delayMs },
    'handling failed, will try again',
  );
  await options.broker.publishRetry(options.consumer, message, delayMs, failureHeaders(failed, error));
  return 'retry';
}

/** Puts a message among the dead letters, byte by byte, with all that is known of its end. */
export async function deadLetter(
  { bytes, contentType }: Delivered,
  record: DeliveryRecord,
  error: Error,
  { consumer, broker, log }: PutAsideOptions,
): Promise<'dead'> {
  const failed = { ...record, attempts: record.attempts + 1 };
  log.error({ err: error, message_name: record.name, attempts: failed.attempts }, 'message goes to the dead letters');
  await broker.publishDead(consumer, record.messageId, bytes, failureHeaders(failed, error), { contentType });
  return 'dead';
}
