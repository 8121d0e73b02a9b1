import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Subject } from 'rxjs';
import { keepOpen } from './keep-open.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a stream that ends is opened again from where it was left, however it ended', () => {
  const streams: Subject<number>[] = [];
  const asked: number[] = [];
  const heard: number[] = [];
  let ends = 0;
  const stop = keepOpen(
    () => {
      asked.push(heard.at(-1) ?? 0);
      const stream = new Subject<number>();
      streams.push(stream);
      return stream;
    },
    (event) => heard.push(event),
    () => (ends += 1),
  );
  streams[0]?.next(1);
  streams[0]?.complete();
  jest.advanceTimersByTime(3_000);
  streams[1]?.next(2);
  streams[1]?.error(new Error('the socket was closed'));
  jest.advanceTimersByTime(3_000);
  streams[2]?.next(3);
  expect({ heard, asked, ends }).toEqual({ heard: [1, 2, 3], asked: [0, 1, 2], ends: 2 });

  stop();
  expect(streams[2]?.observed).toBe(false);
  jest.advanceTimersByTime(60_000);
  expect(streams).toHaveLength(3);
});

test('what is ended between two streams is not opened again', () => {
  let opened = 0;
  const stop = keepOpen(
    () => {
      opened += 1;
      const stream = new Subject<number>();
      queueMicrotask(() => stream.complete());
      return stream;
    },
    () => undefined,
  );
  return Promise.resolve().then(() => {
    stop();
    jest.advanceTimersByTime(60_000);
    expect(opened).toBe(1);
  });
});
