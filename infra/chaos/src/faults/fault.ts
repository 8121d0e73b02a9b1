import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'rabbitmq-client';
import type { Arena } from '../arena/arena.ts';
import type { Chance } from '../chance.ts';

/** What a class of faults works with while orders are being placed. */
export interface FaultContext {
  arena: Arena;
  broker: Connection;
  chance: Chance;
  /** How long orders are placed, milliseconds. */
  durationMs: number;
  /** Notes what is being broken, for the log. */
  note: (what: string) => void;
  /** Notes the id of a message that must end among the dead letters. */
  poisoned: (messageId: string) => void;
}

export interface FaultClass {
  name: string;
  /** For the table of classes. */
  about: string;
  /** Breaks things, and mends what does not mend itself; returns when nothing more is broken. */
  inject(context: FaultContext): Promise<void>;
}

/** Does one thing after the other, at moments spread over the time in which orders are placed. */
export async function inTurns<T>(
  { chance, durationMs }: FaultContext,
  things: readonly T[],
  each: (thing: T, atMostMs: number) => Promise<void>,
): Promise<void> {
  const slot = (durationMs * 0.85) / Math.max(1, things.length);
  const started = performance.now();
  for (const [index, thing] of things.entries()) {
    const due = durationMs * 0.03 + slot * (index + chance.between(0, 0.3)) - (performance.now() - started);
    if (due > 0) await delay(due);
    await each(thing, slot * 0.65);
  }
}
