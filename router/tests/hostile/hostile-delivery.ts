import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../../infra/fuzz/src/random.ts';

/** How bytes are sent: in which pieces, and what happens then. */
export interface Delivery {
  /** Pieces that begin here are sent by themselves. */
  readonly cuts: readonly number[];
  /** Between pieces, milliseconds. */
  readonly pauseMs: number;
  /** What comes after the last byte: nothing, the end of the connection, a reset, or silence for ever. */
  readonly after: 'nothing' | 'end' | 'reset' | 'silence';
  /** Only so many bytes are sent. */
  readonly length: number;
}

/** All of it, in whatever pieces. */
export function wholeDelivery(bytes: Buffer, random: Random): Delivery {
  const cuts = Array.from({ length: random.pick([0, 0, 1, 5, 50]) }, () => random.int(bytes.length + 1));
  return {
    cuts: cuts.toSorted((a, b) => a - b),
    pauseMs: random.chance(0.2) ? random.int(5) : 0,
    after: 'nothing',
    length: bytes.length,
  };
}

/** Cut off somewhere; seldom in a way that the router can only wait for. */
export function cutDelivery(bytes: Buffer, random: Random): Delivery {
  const length = random.int(bytes.length + 1);
  const after = random.chance(0.005) ? 'silence' : random.pick(['end', 'reset'] as const);
  return { ...wholeDelivery(bytes, random), length, after };
}

export async function deliver(
  socket: Socket,
  bytes: Buffer,
  { cuts, pauseMs, after, length }: Delivery,
): Promise<void> {
  let from = 0;
  for (const to of [...cuts.filter((cut) => cut < length), length]) {
    if (socket.destroyed) return;
    if (to > from) socket.write(bytes.subarray(from, to));
    from = to;
    await (pauseMs > 0 ? delay(pauseMs) : new Promise((next) => setImmediate(next)));
  }
  if (after === 'end') socket.end();
  else if (after === 'reset') socket.resetAndDestroy();
}
