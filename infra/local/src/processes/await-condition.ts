import { setTimeout as delay } from 'node:timers/promises';

export class ConditionTimeout extends Error {
  override readonly name = 'ConditionTimeout';
}

/**
 * Probes until `probe` answers true; a rejecting probe counts as "not yet".
 *
 * @throws {ConditionTimeout} after `withinMs` milliseconds, naming `what` and why the last probe rejected
 */
export async function awaitCondition(
  what: string,
  probe: () => Promise<boolean> | boolean,
  { withinMs, everyMs = 50, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    let cause: unknown;
    try {
      if (await probe()) return;
    } catch (error) {
      cause = error; // a server that is still starting refuses, resets or answers nonsense
    }
    if (performance.now() > deadline) {
      const why = cause instanceof Error ? ` (${cause.message})` : '';
      throw new ConditionTimeout(`${what} did not happen within ${withinMs / 1000} s${why}`, { cause });
    }
    await delay(everyMs, undefined, { signal });
  }
}
