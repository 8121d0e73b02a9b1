import { describe, expect, test } from '@jest/globals';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { LeasedLimiter, RateLimited } from './leased-limiter.ts';

/** What several routers share, and how often it is asked. */
class Shared extends RateLimiterMemory {
  asked = 0;

  override consume(...given: Parameters<RateLimiterMemory['consume']>) {
    this.asked += 1;
    return super.consume(...given);
  }
}

/** Takes one point after the other until there are no more. */
async function takeAll(limiter: LeasedLimiter, key: string, points = 1): Promise<number> {
  for (let taken = 0; ; taken += points) {
    try {
      await limiter.take(key, points);
    } catch (error) {
      expect(error).toBeInstanceOf(RateLimited);
      return taken;
    }
  }
}

describe('a limit of which points are leased', () => {
  test('as many as there are, with few questions to the store', async () => {
    const limiter = new Shared({ points: 100, duration: 60 });
    expect(await takeAll(new LeasedLimiter({ limiter, lease: 10 }), 'a')).toBe(100);
    expect(limiter.asked).toBe(11);
  });

  test('most requests wait for nothing', async () => {
    const leased = new LeasedLimiter({ limiter: new Shared({ points: 100, duration: 60 }), lease: 10 });
    await leased.take('a', 1);
    expect(leased.take('a', 9)).toBeUndefined();
  });

  test('two routers together give no more, and at most a lease each less', async () => {
    const limiter = new Shared({ points: 100, duration: 60 });
    const [one, two] = [new LeasedLimiter({ limiter, lease: 7 }), new LeasedLimiter({ limiter, lease: 7 })];
    const [first, second] = await Promise.all([takeAll(one, 'a'), takeAll(two, 'a')]);
    expect(first + second).toBeLessThanOrEqual(100);
    expect(first + second).toBeGreaterThan(100 - 2 * 7);
  });

  test('parallel requests of one key share the question', async () => {
    const limiter = new Shared({ points: 100, duration: 60 });
    const leased = new LeasedLimiter({ limiter, lease: 50 });
    const outcomes = await Promise.allSettled(Array.from({ length: 150 }, async () => leased.take('a', 1)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(100);
    expect(limiter.asked).toBe(3);
  });

  test('who is refused is told for how long, and the store is not asked meanwhile', async () => {
    const limiter = new Shared({ points: 5, duration: 60 });
    const leased = new LeasedLimiter({ limiter, lease: 1 });
    await takeAll(leased, 'a');
    const { asked } = limiter;
    expect(() => leased.take('a', 1)).toThrow(RateLimited);
    expect(limiter.asked).toBe(asked);
    expect(await takeAll(leased, 'b')).toBe(5);
  });

  test('what costs more than there ever is is let in once', async () => {
    const leased = new LeasedLimiter({ limiter: new Shared({ points: 5, duration: 60 }), lease: 1 });
    await leased.take('a', 1_000);
    await expect(leased.take('a', 1)).rejects.toBeInstanceOf(RateLimited);
  });
});
