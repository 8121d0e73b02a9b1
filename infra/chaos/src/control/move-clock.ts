const RealDate = Date;
let offsetMs = 0;

/** `Date` of a machine whose clock is wrong. What Node itself made is still a Date. */
class MovedDate extends RealDate {
  constructor(...given: unknown[]) {
    // However many parts the caller gave: the types of Date's constructors can't be spread.
    super(...((given.length === 0 ? [RealDate.now() + offsetMs] : given) as [number]));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === '[object Date]';
  }
}

/** Moves this process's wall clock by so much from the real time; timers and `performance.now()` go on as they were. */
export function moveClock(byMs: number): void {
  offsetMs = byMs;
  globalThis.Date = byMs === 0 ? RealDate : (MovedDate as DateConstructor);
}
