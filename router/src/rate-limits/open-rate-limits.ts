import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { RouterMetrics } from '../observe/router-metrics.ts';
import type { RateLimit, Settings } from '../settings/settings.ts';
import { LeasedLimiter } from './leased-limiter.ts';
import { RateLimits } from './rate-limits.ts';

/** Leases are so small a part of a limit. */
const LEASES = 20;

/** Limits as the settings say: counted in Redis for all routers, or here where there is none or it is away. */
export function openRateLimits(
  { rateLimits: { perAddress, perUser, perField }, redis: shared }: Settings,
  redis: Redis | undefined,
  metrics: RouterMetrics,
): RateLimits {
  const limiter = (name: string, { points, seconds }: RateLimit): LeasedLimiter => {
    const options = { keyPrefix: `${shared?.keyPrefix ?? ''}rate:${name}`, points, duration: seconds };
    const memory = new RateLimiterMemory(options);
    return new LeasedLimiter({
      limiter: redis
        ? new RateLimiterRedis({
            ...options,
            storeClient: redis,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          })
        : memory,
      lease: Math.max(1, Math.floor(points / LEASES)),
    });
  };
  return new RateLimits({
    ...(perAddress && { perAddress: limiter('address', perAddress) }),
    ...(perUser && { perUser: limiter('user', perUser) }),
    perField: new Map(Object.entries(perField).map(([field, limit]) => [field, limiter(field, limit)])),
    onLimited: (limit) => metrics.rateLimited.inc({ limit }),
  });
}
