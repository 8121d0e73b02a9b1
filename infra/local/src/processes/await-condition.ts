import { setTimeout as delay } from 'node:timers/promises';

export class ConditionTimeout extends Error {
  override readonly name = 'ConditionTimeout';
}

/**
 * Probes until `probe` answers true; a rejecting probe counts as "not yet".
 *
 * @throws {ConditionTimeout} after `withinMs` milliseconds, naming `what`
 */
export async function awaitCondition(
  what: string,
  probe: () => Promise<boolean> | boolean,
  { withinMs, everyMs = 50, signal }: { withinMs: number; everyMs?: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    signal?.throwIfAborted();
    try {
      if (await probe()) return;
    } catch {
      // A server that is still starting refuses, resets or answers nonsense.
    }
    if (performance.now() > deadline) throw new ConditionTimeout(`${what} did not happen within ${withinMs / 1000} s`);
    await delay(everyMs, undefined, { signal });
  }
}
