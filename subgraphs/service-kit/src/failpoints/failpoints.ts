/** Points where a test can make the process misbehave. Where none is set a point costs one look at an empty map. */
export type FailpointAction = { do: 'crash' } | { do: 'delay'; ms: number } | { do: 'fail'; message: string };

const active = new Map<string, { action: FailpointAction; remaining: number }>();

export class FailpointError extends Error {
  override readonly name = 'FailpointError';
}

/** Sets the action of a point for the next `times` passes (default: every pass). */
export function setFailpoint(point: string, action: FailpointAction, times = Number.POSITIVE_INFINITY): void {
  active.set(point, { action, remaining: times });
}

export const clearFailpoints = (): void => active.clear();

/**
 * Reads `FAILPOINTS`, e.g. `outbox.after-publish=crash;consumer.before-ack=delay:500*3;store.after-commit=fail:disk*1`.
 * @throws TypeError for an entry that it can't read
 */
export function parseFailpoints(text: string): void {
  for (const entry of text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const match = /^(?<point>[\w.:-]+)=(?<kind>crash|delay|fail)(?::(?<argument>[^*]*))?(?:\*(?<times>\d+))?$/.exec(
      entry,
    );
    const { point = '', kind, argument = '', times } = match?.groups ?? {};
    if (!match || (kind === 'delay' && !/^\d+$/.test(argument))) {
      throw new TypeError(`FAILPOINTS: can't read "${entry}"`);
    }
    const action: FailpointAction =
      kind === 'crash'
        ? { do: 'crash' }
        : kind === 'delay'
          ? { do: 'delay', ms: Number(argument) }
          : { do: 'fail', message: argument };
    setFailpoint(point, action, times ? Number(times) : undefined);
  }
}

/** Passes the named point: does what a test asked for there, or nothing. `kill -9` is what a crash looks like. */
export async function failpoint(point: string): Promise<void> {
  if (active.size === 0) return;
  const set = active.get(point);
  if (!set || set.remaining <= 0) return;
  set.remaining -= 1;
  switch (set.action.do) {
    case 'crash':
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    case 'delay':
      return new Promise((resolve) => setTimeout(resolve, (set.action as { ms: number }).ms));
    case 'fail':
      throw new FailpointError(`${point}: ${set.action.message}`);
    default:
      return set.action satisfies never;
  }
}
