import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ConnectionMonitor } from './connection-monitor.ts';
import { healQueries } from './heal-queries.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('what is missing is asked for again until it is there', () => {
  const monitor = new ConnectionMonitor();
  let isDown = true;
  let asked = 0;
  healQueries(monitor, () => {
    asked += 1;
    if (isDown) monitor.failed('payment');
  });
  monitor.failed('payment');
  jest.advanceTimersByTime(20_000);
  expect(asked).toBe(5);
  expect(monitor.get().missing).toEqual(['payment']);
  isDown = false;
  jest.advanceTimersByTime(12_000);
  expect(monitor.get().missing).toEqual([]);
  const before = asked;
  jest.advanceTimersByTime(60_000);
  expect(asked).toBe(before);
});

test('after the connection was away, all is asked for once', () => {
  const monitor = new ConnectionMonitor();
  let asked = 0;
  const stop = healQueries(monitor, () => (asked += 1));
  monitor.connected();
  expect(asked).toBe(0);
  monitor.disconnected();
  monitor.disconnected();
  jest.advanceTimersByTime(60_000);
  expect(asked).toBe(0);
  monitor.connected();
  monitor.connected();
  expect(asked).toBe(1);
  stop();
  monitor.disconnected();
  monitor.connected();
  expect(asked).toBe(1);
});
