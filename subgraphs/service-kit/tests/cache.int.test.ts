import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { Cache, openRedis, type Runtime } from '../src/index.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { eventually, serverUrl, testNamespace, testRuntime } from './test-runtime.ts';

describe('the cache', () => {
  let runtime: Runtime;
  let redis: Redis;
  let cache: Cache;
  let loads: number;
  const config = { REDIS_URL: serverUrl('REDIS_URL'), BRIGADE_NAMESPACE: '' };
  const load = async () => ({ load: (loads += 1) });
  const outcomes = async () =>
    Object.fromEntries(
      (await runtime.metrics.cacheRequests.get()).values.map(({ labels, value }) => [labels.outcome, value]),
    );

  beforeEach(async () => {
    loads = 0;
    config.BRIGADE_NAMESPACE = testNamespace();
    runtime = testRuntime('menu');
    redis = await openRedis(runtime, config);
    cache = new Cache({ name: 'dishes', redis, ttlSeconds: 60, metrics: runtime.metrics, log: runtime.log });
  });
  afterEach(() => runtime.stack.close());

  test('loads once and answers from Redis then, also in another process', async () => {
    expect(await cache.getOrLoad('7', load)).toEqual({ load: 1 });
    expect(await cache.getOrLoad('7', load)).toEqual({ load: 1 });
    const another = new Cache({ name: 'dishes', redis, ttlSeconds: 60, metrics: runtime.metrics, log: runtime.log });
    expect(await another.getOrLoad('7', load)).toEqual({ load: 1 });
    expect(await outcomes()).toEqual({ miss: 1, hit: 2 });
  });

  test('keeps keys apart, and those of another cache', async () => {
    const prices = new Cache({ name: 'prices', redis, ttlSeconds: 60, metrics: runtime.metrics, log: runtime.log });
    const values = [cache.getOrLoad('7', load), cache.getOrLoad('8', load), prices.getOrLoad('7', load)];
    expect(new Set((await Promise.all(values)).map((value) => value.load)).size).toBe(3);
  });

  test('after an invalidation loads anew', async () => {
    await cache.getOrLoad('7', load);
    await cache.invalidateAll();
    expect(await cache.getOrLoad('7', load)).toEqual({ load: 2 });
  });

  test('does not serve after an invalidation what was being read before it', async () => {
    let finish = (_value: string) => {};
    const reading = new Promise<string>((resolve) => (finish = resolve));
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const before = cache.getOrLoad('7', () => {
      begun();
      return reading;
    });
    await beginning;
    await cache.invalidateAll();
    finish('old');
    expect(await before).toBe('old');
    expect(await cache.getOrLoad('7', async () => 'new')).toBe('new');
  });

  test('shares a load that is under way', async () => {
    const values = await Promise.all(Array.from({ length: 5 }, () => cache.getOrLoad('7', load)));
    expect(values).toEqual(Array.from({ length: 5 }, () => ({ load: 1 })));
  });

  test('a load that fails is not kept', async () => {
    await expect(cache.getOrLoad('7', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await cache.getOrLoad('7', load)).toEqual({ load: 1 });
  });

  test('caches that there is nothing, too', async () => {
    await cache.getOrLoad('7', async () => null);
    expect(await cache.getOrLoad<unknown>('7', load)).toBeNull();
  });

  test('forgets by itself in the end', async () => {
    await cache.getOrLoad('7', load);
    const ttl = await redis.ttl('cache:dishes:0:7');
    expect(ttl).toBeGreaterThan(50);
    expect(ttl).toBeLessThanOrEqual(60);
  });

  test('passes Redis by while it is away, and finds it again', async () => {
    const proxy = await CuttableProxy.before(serverUrl('REDIS_URL'));
    const away = testRuntime('menu');
    const { log, metrics } = away;
    const far = await openRedis(away, { ...config, REDIS_URL: proxy.url });
    const passing = new Cache({ name: 'dishes', redis: far, ttlSeconds: 60, metrics, log });
    await passing.getOrLoad('7', load);
    proxy.cut();
    await eventually(() => far.status !== 'ready');
    const started = performance.now();
    expect(await passing.getOrLoad('7', load)).toEqual({ load: 2 });
    expect(performance.now() - started).toBeLessThan(100);
    await expect(passing.invalidateAll()).rejects.toThrow();
    expect((await away.health.report()).dependencies.redis?.status).toBe('down');
    proxy.restore();
    await eventually(() => far.status === 'ready');
    expect(await passing.getOrLoad('7', load)).toEqual({ load: 1 });
    await away.stack.close();
    proxy.close();
  });
});
