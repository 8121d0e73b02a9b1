import { jest } from '@jest/globals';

const allButDate = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Puts this process's clock wrong by some hours; what waits, waits as ever. `jest.useRealTimers()` puts it right. */
export const moveClock = (hours: number): void => {
  jest.useFakeTimers({ now: Date.now() + hours * 3_600_000, doNotFake: [...allButDate] });
};
