/** What the person at the terminal, or the system, asks of the launcher. */
export interface Signals {
  /** Resolves at the first SIGINT, SIGTERM or SIGHUP: end in order. */
  readonly first: Promise<void>;
  /** Aborted at the same moment. */
  readonly asked: AbortSignal;
  /** Calls back at every further one: end at once. */
  onSecond(callback: () => void): void;
  close(): void;
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** From now on these signals no longer end this process by themselves. */
export function listenForSignals(): Signals {
  const asked = new AbortController();
  const first = Promise.withResolvers<void>();
  let whenSecond: () => void = () => process.exit(130);
  const onSignal = () => {
    if (asked.signal.aborted) return whenSecond();
    asked.abort(new Error('asked to end'));
    first.resolve();
  };
  for (const name of ENDING) process.on(name, onSignal);
  return {
    first: first.promise,
    asked: asked.signal,
    onSecond: (callback) => (whenSecond = callback),
    close: () => {
      for (const name of ENDING) process.off(name, onSignal);
    },
  };
}
