import type { LoadGuest, Placed } from './guest.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One or two dishes, in turn. */
const pick = (dishes: readonly string[], n: number): string[] =>
  [dishes[n % dishes.length], dishes[(n * 7 + 3) % dishes.length]].slice(0, 1 + (n % 2)) as string[];

/** All guests at once, each with its next order as soon as the last was answered and `thinkMs` have passed. */
export async function guestsAtOnce(
  guests: readonly LoadGuest[],
  dishes: readonly string[],
  seconds: number,
  thinkMs: number,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  const end = performance.now() + seconds * 1_000;
  await Promise.all(
    guests.map(async (guest, index) => {
      // They do not all come through the door in the same millisecond.
      await pause((thinkMs * index) / guests.length);
      for (let n = index; performance.now() < end; n += guests.length) {
        placed.push(await guest.place(pick(dishes, n)));
        if (thinkMs > 0) await pause(thinkMs * (0.5 + Math.random()));
      }
    }),
  );
  return placed;
}

/** Orders at a steady pace, whether or not earlier ones were answered; `sample` is called every tenth of the time. */
export async function steadily(
  guests: readonly LoadGuest[],
  dishes: readonly string[],
  perMinute: number,
  seconds: number,
  sample: () => Promise<void>,
): Promise<Placed[]> {
  const total = Math.round((perMinute * seconds) / 60);
  const started = performance.now();
  const under: Promise<Placed>[] = [];
  for (let n = 0; n < total; n += 1) {
    await pause(Math.max(0, started + (n * 60_000) / perMinute - performance.now()));
    const guest = guests[n % guests.length] as LoadGuest;
    under.push(guest.place(pick(dishes, n)));
    if (n % Math.ceil(total / 10) === 0) await sample();
  }
  return Promise.all(under);
}
