import { setTimeout as delay } from 'node:timers/promises';
import { BrokerAway, PoisonMessage, UnroutableMessage } from '../errors/delivery-errors.ts';
import type { Logger } from '../observe/logger.ts';

const LONGEST_PAUSE_MS = 2_000;
/** Before a message that could not even be put aside is given back to its queue, milliseconds. */
const BEFORE_REQUEUE_MS = 5_000;

/**
 * Tells a message's failure from its surroundings': while a database, or whatever else the service needs, is away, the
 * message waits in its place, unacknowledged, and nothing is counted against it. Otherwise an outage of minutes would
 * make dead letters of everything that arrives.
 */
export class Stamina {
  readonly #ended = new AbortController();

  constructor(private readonly options: { isHealthy: () => Promise<boolean>; log: Logger }) {}

  /** Does the work, and does it again each time that it failed in bad surroundings. @throws what is the work's own fault */
  async carryThrough<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof PoisonMessage || this.#ended.signal.aborted || (await this.options.isHealthy()))
          throw error;
        this.options.log.warn({ err: error }, 'something that handling needs is away; waiting for it');
        await this.#untilHealthy();
      }
    }
  }

  /**
   * Does what only needs the broker, and does it again until the broker takes it: given back to its queue a message would
   * be counted, and in the end put aside, for what is not its fault.
   * @throws what is not the broker's absence; its absence too once the consumer is being closed
   */
  async insist<T>(publish: () => Promise<T>): Promise<T> {
    for (let ms = 100; ; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
      try {
        return await publish();
      } catch (error) {
        const away = error instanceof BrokerAway || error instanceof UnroutableMessage;
        if (!away || this.#ended.signal.aborted) throw error;
        this.options.log.warn({ err: error }, 'the broker does not take a message yet; waiting for it');
        await this.#sleep(ms * (0.5 + Math.random() / 2));
      }
    }
  }

  /** A breath before a message goes back to its queue; cut short when the consumer is closed. */
  async pause(): Promise<void> {
    await this.#sleep(BEFORE_REQUEUE_MS);
  }

  /** Lets everybody who waits go on at once: the consumer is being closed. */
  end(): void {
    this.#ended.abort();
  }

  async #untilHealthy(): Promise<void> {
    for (let ms = 100; !this.#ended.signal.aborted; ms = Math.min(2 * ms, LONGEST_PAUSE_MS)) {
      await this.#sleep(ms * (0.5 + Math.random() / 2));
      if (await this.options.isHealthy()) return;
    }
  }

  async #sleep(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#ended.signal }).catch(() => {});
  }
}
