import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createKitchenStore, watchTwin, type KitchenState, type StationView } from './kitchen-store.ts';
import { KitchenTwin } from './twin/kitchen-twin.ts';
import { Playhead } from './twin/playhead.ts';
import { blankReading } from './twin/track.ts';

const oven: StationView = {
  id: 'oven-1',
  kind: 'OVEN',
  name: 'Oven 1',
  capacity: 4,
  state: 'OFFLINE',
  faults: [],
  busy: 0,
};
const job = { jobId: 'job', ticketId: 'ticket', doneness: 0.5, remainingSeconds: 60 };

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function setUp() {
  const twin = new KitchenTwin(new Playhead(() => Date.now()));
  const store = createKitchenStore();
  store.setState({ load: 'ready', stations: [oven] });
  const told: KitchenState['stations'][] = [];
  store.subscribe(({ stations }, before) => stations !== before.stations && told.push(stations));
  const stop = watchTwin(twin, store);
  /** Ten readings a second for a while. */
  const stream = (seconds: number, reading: Partial<ReturnType<typeof blankReading>> = {}) => {
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      twin.hear('oven-1', {
        ...blankReading(),
        at: Date.now(),
        temperature: 220 + Math.random(),
        setPoint: 220,
        ...reading,
      });
      jest.advanceTimersByTime(100);
    }
  };
  return { twin, store, told, stop, stream };
}

describe('what React is told of the kitchen', () => {
  test('a minute of readings in which nothing happens is told once', () => {
    const { told, stream, stop, twin } = setUp();
    stream(60);
    expect(twin.events).toBe(600);
    expect(told.map(([station]) => station?.state)).toEqual(['IDLE']);
    stop();
  });

  test('food, a fault and silence are told', () => {
    const { told, stream, stop } = setUp();
    stream(3);
    stream(3, { jobs: [job] });
    stream(3, { faults: ['HEATER_DEAD'] });
    jest.advanceTimersByTime(30_000);
    expect(told.map(([station]) => station?.state)).toEqual(['IDLE', 'COOKING', 'FAULT', 'OFFLINE']);
    stop();
  });

  test('however much happens, it is told three times a second at most', () => {
    const { told, stream, stop } = setUp();
    for (let second = 0; second < 10; second += 1) {
      stream(0.1, { jobs: [job] });
      stream(0.1);
      stream(0.8, { jobs: [job, { ...job, jobId: 'other' }] });
    }
    expect(told.length).toBeGreaterThan(3);
    expect(told.length).toBeLessThanOrEqual(30);
    stop();
  });

  test('after it was stopped nobody is told any more', () => {
    const { told, stream, stop } = setUp();
    stop();
    stream(5);
    expect(told).toEqual([]);
  });
});
