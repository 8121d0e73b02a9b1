import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '../observe/logger.ts';
import { Poller } from './poller.ts';

const log = createLogger('test', 'silent');

describe('a poller', () => {
  let runs: number;
  let behave: () => Promise<boolean>;
  let poller: Poller;

  beforeEach(async () => {
    jest.useFakeTimers();
    runs = 0;
    behave = async () => false;
    poller = new Poller({
      name: 'test',
      intervalMs: 1_000,
      maxBackoffMs: 700,
      log,
      run: () => {
        runs += 1;
        return behave();
      },
    });
    await jest.advanceTimersByTimeAsync(0);
  });
  afterEach(async () => {
    await poller.stop();
    jest.useRealTimers();
  });

  test('runs at once and then every interval', async () => {
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(999);
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
  });

  test('runs at once on a hint', async () => {
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(2);
  });

  test('does not lose a hint that comes while it runs', async () => {
    behave = async () => {
      if (runs === 2) poller.wake();
      return false;
    };
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(3);
  });

  test('goes on without a pause while there is more to do', async () => {
    behave = async () => runs < 6;
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(6);
  });

  test('backs off after failures, doubling up to the bound, and hints do not shorten that', async () => {
    behave = async () => {
      throw new Error('away');
    };
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(2);
    poller.wake();
    await jest.advanceTimersByTimeAsync(199);
    expect(runs).toBe(2);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toBe(3);
    await jest.advanceTimersByTimeAsync(400);
    expect(runs).toBe(4);
    await jest.advanceTimersByTimeAsync(700);
    expect(runs).toBe(5);
    behave = async () => false;
    await jest.advanceTimersByTimeAsync(700);
    expect(runs).toBe(6);
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toBe(7);
  });

  test('stops only after the run that is under way, and starts no other', async () => {
    let finish = () => {};
    behave = () => new Promise((resolve) => (finish = () => resolve(true)));
    poller.wake();
    await jest.advanceTimersByTimeAsync(0);
    let stopped = false;
    const stopping = poller.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(runs).toBe(2);
  });
});
