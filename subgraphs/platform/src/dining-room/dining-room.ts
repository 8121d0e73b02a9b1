import { randomUUID } from 'node:crypto';
import type { Logger } from '@brigade/service-kit';
import type { DiningRoomStore, Room } from './dining-room-store.ts';
import { nextOrder, pauseBefore } from './next-order.ts';
import { ApiRefusal } from './public-api.ts';
import type { VirtualGuests } from './virtual-guests.ts';

/** So often a room is looked at that is closed, that another instance runs, or whose next order is not due. */
const LOOK_MS = 1_000;
const LONGEST_BACKOFF_MS = 15_000;
/** What was late by more is not caught up with. */
const CATCH_UP_MS = 2_000;

export interface DiningRoomOptions {
  readonly store: DiningRoomStore;
  readonly guests: VirtualGuests;
  readonly log: Logger;
}

/**
 * Runs the room while it is open and nobody else does: one order after the other, each when it is due. While the router
 * is away the order waits, with longer and longer pauses; nothing that happens here ends the process.
 */
export class DiningRoom {
  readonly #options: DiningRoomOptions;
  readonly #instance = randomUUID();
  readonly #loop: Promise<void>;
  #due: { order: string; at: number } | undefined;
  #failures = 0;
  #stopped = false;
  #woken = false;
  #endPause: (() => void) | undefined;

  constructor(options: DiningRoomOptions) {
    this.#options = options;
    this.#loop = this.#run();
  }

  /** Somebody has changed the room: a hint. */
  wake(): void {
    this.#woken = true;
    this.#endPause?.();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#endPause?.();
    await this.#loop;
    const { store, log } = this.#options;
    await store
      .release(this.#instance)
      .catch((error: unknown) => log.debug({ err: error }, 'the room was not released'));
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      const pause = await this.#turn().catch((error: unknown) => this.#backOff(error));
      if (!this.#stopped && !this.#woken) await this.#pause(pause);
    }
  }

  /** @returns when to look again, milliseconds */
  async #turn(): Promise<number> {
    const { store } = this.#options;
    const room = await store.hold(this.#instance);
    if (!room) {
      this.#due = undefined;
      this.#failures = 0;
      return LOOK_MS;
    }
    const wait = this.#dueAt(room) - performance.now();
    if (wait > 0) return Math.min(wait, LOOK_MS);
    await store.count(room, await this.#place(room));
    this.#failures = 0;
    return 0;
  }

  /** An order is due its pause after the one before was, so that the pace holds however long placing takes. */
  #dueAt(room: Room): number {
    const order = `${room.run} ${room.step} ${room.ordersPerMinute}`;
    if (this.#due?.order !== order) {
      const now = performance.now();
      const from = Math.min(now, Math.max(this.#due?.at ?? now, now - CATCH_UP_MS));
      this.#due = { order, at: from + pauseBefore(room, room.ordersPerMinute) };
    }
    return this.#due.at;
  }

  async #place(room: Room): Promise<'placed' | 'refused'> {
    const { guests, log } = this.#options;
    try {
      const order = nextOrder(room, await guests.readMenu());
      if (!order) return 'refused';
      await guests.order(order, `dining-room:${room.run}:${room.step}`);
      return 'placed';
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      log.info({ code: error.code }, 'a virtual guest was refused');
      return 'refused';
    }
  }

  #backOff(error: unknown): number {
    this.#failures += 1;
    const pause = Math.min(LONGEST_BACKOFF_MS, 250 * 2 ** Math.min(this.#failures, 10));
    if (!this.#stopped) this.#options.log.warn({ err: error, pause }, 'virtual guests wait');
    return pause;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
