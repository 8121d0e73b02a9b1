import { Poller } from '../lifecycle/poller.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Broker } from './broker.ts';
import type { MessageStore } from './message-store.ts';

const INBOX_KEPT_MS = 7 * 24 * 3_600_000;

/** Every 5 s: the depth of the service's queues and of its outbox, as metrics; and what the inbox may forget. */
export function watchQueues<Tx>(options: {
  consumer?: string;
  broker: Broker;
  store: MessageStore<Tx>;
  metrics: Metrics;
  log: Logger;
}): Poller {
  const { consumer, broker, store, metrics, log } = options;
  let nextTrim = Date.now() + 60_000;
  return new Poller({
    name: 'queue watch',
    intervalMs: 5_000,
    log,
    async run() {
      const { depth, oldestAgeSeconds } = await store.outboxStats();
      metrics.outboxDepth.set(depth);
      metrics.outboxAge.set(oldestAgeSeconds);
      if (consumer) {
        metrics.queueDepth.set({ queue: 'work' }, await broker.depth(broker.topology.workQueue(consumer)));
        metrics.queueDepth.set({ queue: 'dead' }, await broker.depth(broker.topology.deadQueue(consumer)));
      }
      if (Date.now() > nextTrim) {
        nextTrim = Date.now() + 3_600_000;
        await store.trimInbox(new Date(Date.now() - INBOX_KEPT_MS));
      }
      return false;
    },
  });
}
