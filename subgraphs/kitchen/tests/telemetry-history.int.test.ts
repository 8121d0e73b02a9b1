import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deviceExamples, type Telemetry } from '@brigade/schema';
import { connectRedis, createLogger } from '@brigade/service-kit';
import type { Redis } from 'ioredis';
import { CuttableProxy } from '../../service-kit/tests/cuttable-proxy.ts';
import { eventually, serverUrl, testNamespace } from '../../service-kit/tests/test-runtime.ts';
import { TelemetryHistory } from '../src/telemetry/telemetry-history.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const log = createLogger('test', 'silent');

describe('the history of readings', () => {
  let proxy: CuttableProxy;
  let redis: Redis;
  const ticketId = randomUUID();
  const historyOf = (of = async (): Promise<string | null> => ticketId) => new TelemetryHistory(redis, { of }, log);
  const now = Math.floor(Date.now() / SECOND) * SECOND;
  const deviceOf = () => `oven-${randomUUID()}`;
  const reading = (deviceId: string, at: number): Telemetry => ({
    ...deviceExamples.telemetry,
    deviceId,
    at: new Date(at).toISOString(),
  });
  const read = async (deviceId: string, from: number, to: number, points = 720): Promise<number[]> => {
    const [readings = []] = await historyOf().read([{ deviceId, from, to, points }]);
    return readings.map(({ at }) => Date.parse(at));
  };

  beforeAll(async () => {
    proxy = await CuttableProxy.before(serverUrl('REDIS_URL'));
    redis = await connectRedis(proxy.url, `${testNamespace()}:`, log);
  });
  afterAll(() => {
    redis.disconnect();
    proxy.close();
  });

  test('a reading comes back as it was, with the tickets of its jobs', async () => {
    const deviceId = deviceOf();
    const given = reading(deviceId, now - MINUTE + 250);
    await historyOf().keep([given]);
    const [found] = await historyOf().read([{ deviceId, from: now - 2 * MINUTE, to: now, points: 1 }]);
    const { deviceId: _id, bootId: _bootId, kind: _kind, ...rest } = given;
    expect(found).toEqual([{ ...rest, jobs: given.jobs.map((job) => ({ ...job, ticketId })) }]);
  });

  test('of what several kitchens hear of a device, one reading a second is kept', async () => {
    const deviceId = deviceOf();
    const [one, two] = [historyOf(), historyOf()];
    const begin = now - MINUTE;
    for (let at = begin; at < begin + 3 * SECOND; at += 200) {
      await one.keep([reading(deviceId, at)]);
      await two.keep([reading(deviceId, at + 50)]);
    }
    expect(await read(deviceId, begin - MINUTE, now)).toEqual([begin, begin + SECOND, begin + 2 * SECOND]);
  });

  test('both ends of a window belong to it', async () => {
    const deviceId = deviceOf();
    const begin = now - MINUTE;
    const history = historyOf();
    for (let n = 0; n < 5; n += 1) await history.keep([reading(deviceId, begin + n * SECOND + 500)]);
    expect(await read(deviceId, begin + SECOND + 500, begin + 3 * SECOND + 500)).toHaveLength(3);
    expect(await read(deviceId, begin + SECOND + 501, begin + 3 * SECOND + 499)).toHaveLength(1);
  });

  test('an hour is thinned evenly, many devices at once', async () => {
    const [busy, silent] = [deviceOf(), deviceOf()];
    const history = historyOf();
    const begin = now - 55 * MINUTE;
    for (let n = 0; n < 600; n += 1) await history.keep([reading(busy, begin + n * SECOND)]);
    const window = { from: begin, to: begin + 600 * SECOND - 1, points: 60 };
    const [thinned = [], none] = await history.read([
      { deviceId: busy, ...window },
      { deviceId: silent, ...window },
    ]);
    const times = thinned.map(({ at }) => Date.parse(at));
    expect(times).toEqual(Array.from({ length: 60 }, (_none, n) => begin + (n * 10 + 9) * SECOND));
    expect(none).toEqual([]);
  });

  test('what is older than an hour goes, and of a device that is gone nothing stays', async () => {
    const deviceId = deviceOf();
    const key = `telemetry-history:${deviceId}`;
    for (let n = 0; n < 300; n += 1) await redis.xadd(key, `${now - 120 * MINUTE + n}-0`, 'reading', '{}');
    await historyOf().keep([reading(deviceId, now)]);
    // Redis drops whole nodes of 100 entries.
    expect(await redis.xlen(key)).toBeLessThanOrEqual(100);
    expect(await redis.pttl(key)).toBeGreaterThan(59 * MINUTE);
    expect(await redis.pttl(key)).toBeLessThanOrEqual(60 * MINUTE);
  });

  test('a reading from a clock that is ahead does not keep the right ones out', async () => {
    const deviceId = deviceOf();
    await historyOf().keep([reading(deviceId, now + 600 * MINUTE)]);
    await eventually(async () => {
      await historyOf().keep([reading(deviceId, Date.now())]);
      return (await read(deviceId, now - MINUTE, Date.now())).length === 1;
    });
  });

  test('a job of which the ticket can not be read is kept without', async () => {
    const deviceId = deviceOf();
    await historyOf(async () => {
      throw new Error('the store is away');
    }).keep([reading(deviceId, now - MINUTE)]);
    const [found] = await historyOf().read([{ deviceId, from: now - 2 * MINUTE, to: now, points: 1 }]);
    expect(found?.[0]?.jobs).toMatchObject([{ ticketId: null }]);
  });

  test('while Redis is away nothing is kept and nothing is found', async () => {
    const deviceId = deviceOf();
    proxy.cut();
    try {
      await historyOf().keep([reading(deviceId, now - MINUTE)]);
      expect(await read(deviceId, now - 2 * MINUTE, now)).toEqual([]);
    } finally {
      proxy.restore();
    }
  });
});
