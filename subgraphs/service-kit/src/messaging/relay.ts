import type { Envelope } from '@brigade/schema';
import { UnroutableMessage } from '../errors/delivery-errors.ts';
import { failpoint } from '../failpoints/failpoints.ts';
import { Poller } from '../lifecycle/poller.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Broker } from './broker.ts';
import type { Deadline } from './drain-window.ts';
import type { MessageStore, PublishBatch } from './message-store.ts';

const BATCH = 200;
const CONTENDED_PAUSE_MS = 25;

interface Publishing {
  service: string;
  broker: Pick<Broker, 'publishEvent'>;
  metrics: Metrics;
  log: Logger;
}

/** Thrown to make the poller back off: the broker confirmed nothing of a batch. */
class OutboxStuck extends Error {
  override readonly name = 'OutboxStuck';
}

/**
 * Moves messages from the outbox to the broker. Woken by each commit that wrote to the outbox and every `intervalMs`
 * anyway. A message is deleted only after its confirm, so a crash at any point means once more, never less.
 */
export function startRelay<Tx>(options: {
  /** Whose outbox it is. */
  service: string;
  store: MessageStore<Tx>;
  broker: Pick<Broker, 'publishEvent'>;
  metrics: Metrics;
  log: Logger;
  intervalMs?: number;
}): Poller {
  const { store, log, intervalMs = 500 } = options;
  const publish: PublishBatch = (messages, deadline) => publishInOrder(messages, deadline, options);
  const relay = new Poller({
    name: 'outbox relay',
    intervalMs,
    log,
    async run() {
      const result = await store.drainOutbox(BATCH, publish);
      if (result === 'stuck') throw new OutboxStuck('the broker confirmed no message of the batch');
      if (result === 'contended') await new Promise((resolve) => setTimeout(resolve, CONTENDED_PAUSE_MS));
      return result !== 'drained';
    },
  });
  store.onOutboxWritten(() => relay.wake());
  return relay;
}

/**
 * One subject's messages one after the other, stopping at its first failure; subjects side by side. What would hardly be
 * confirmed before the deadline is left for the next batch.
 */
async function publishInOrder(
  messages: readonly Envelope[],
  deadline: Deadline,
  options: Publishing,
): Promise<ReadonlySet<string>> {
  const { metrics, log } = options;
  let slowestMs = 0;
  const confirmed = new Set<string>();
  const bySubject = Map.groupBy(messages, (message) => message.subject);
  await Promise.all(
    [...bySubject.values()].map(async (ofSubject) => {
      for (const message of ofSubject) {
        const leftMs = deadline.leftMs();
        if (leftMs <= slowestMs) return;
        try {
          if (!(await publish(message, leftMs, options))) return;
        } catch (error) {
          const unroutable = error instanceof UnroutableMessage;
          log[unroutable ? 'error' : 'warn'](
            { err: error, message_name: message.name, messageId: message.id },
            'publishing failed, will try again',
          );
          return;
        }
        slowestMs = Math.max(slowestMs, leftMs - deadline.leftMs());
        confirmed.add(message.id);
        metrics.messagesPublished.inc({ message: message.name });
      }
    }),
  );
  return confirmed;
}

/** Whether the broker has it, as far as this relay knows. */
async function publish(message: Envelope, confirmWithinMs: number, { broker, service }: Publishing): Promise<boolean> {
  const about = { service, message: message.name };
  const before = await failpoint('outbox.before-publish', about);
  if (before === 'drop') return false;
  const confirms = [broker.publishEvent(message, { confirmWithinMs })];
  if (before === 'duplicate') confirms.push(broker.publishEvent(message, { confirmWithinMs }));
  const confirm = Promise.all(confirms);
  confirm.catch(() => {}); // awaited below; the failpoint may throw first
  await failpoint('outbox.after-publish', about);
  await confirm;
  return (await failpoint('outbox.after-confirm', about)) !== 'drop';
}
