import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ConnectionMonitor } from './connection-monitor.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('what the banner shows', () => {
  test('an interruption, then the loss, then that all is well', () => {
    const monitor = new ConnectionMonitor();
    monitor.disconnected();
    expect(monitor.get().connection).toBe('reconnecting');
    jest.advanceTimersByTime(15_000);
    monitor.disconnected();
    expect(monitor.get().connection).toBe('lost');
    monitor.connected();
    expect(monitor.get().connection).toBe('live');
    jest.advanceTimersByTime(60_000);
    expect(monitor.get().connection).toBe('live');
  });

  test('a field is missing until it has not failed for a while', () => {
    const monitor = new ConnectionMonitor();
    monitor.failed('payment');
    jest.advanceTimersByTime(5_000);
    monitor.failed('payment');
    jest.advanceTimersByTime(5_000);
    expect(monitor.get().missing).toEqual(['payment']);
    jest.advanceTimersByTime(2_000);
    expect(monitor.get().missing).toEqual([]);
  });

  test('the state is the same object until something changes, as React asks', () => {
    const monitor = new ConnectionMonitor();
    const told: unknown[] = [];
    monitor.subscribe(() => told.push(monitor.get()));
    const before = monitor.get();
    monitor.connected();
    expect(monitor.get()).toBe(before);
    monitor.failed('tickets');
    monitor.failed('tickets');
    expect(told).toHaveLength(1);
  });
});
