import type { Logger, Metrics, PostgresOrm } from '@brigade/service-kit';
import { Gauge } from 'prom-client';
import { consumers } from '../capture/consume-dead-letters.ts';
import { countWaiting } from '../store/list-dead-letters.ts';

/** `dead_letters_waiting` by consumer, looked up at each scrape; without the database it stays at what it was. */
export function gaugeWaiting(metrics: Metrics, orm: PostgresOrm, log: Logger): void {
  new Gauge({
    name: 'dead_letters_waiting',
    help: 'Dead letters that wait for somebody to redrive or discard them, by consumer',
    labelNames: ['consumer'],
    registers: [metrics.registry],
    async collect() {
      try {
        const waiting = await countWaiting(orm);
        for (const consumer of new Set([...consumers, ...waiting.keys()]))
          this.set({ consumer }, waiting.get(consumer) ?? 0);
      } catch (error) {
        log.warn({ err: error }, 'could not count the dead letters');
      }
    },
  });
}
