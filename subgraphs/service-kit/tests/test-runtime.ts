import { randomBytes } from 'node:crypto';
import { createRuntime, type Runtime } from '../src/index.ts';

/** A namespace of its own for each test file: databases, keys, exchanges and queues do not meet. */
export const testNamespace = (): string => `t${randomBytes(5).toString('hex')}`;

export const testRuntime = (name: string): Runtime =>
  createRuntime(name, {
    INSTANCE_ID: `test:${process.pid}`,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
  });

export const serverUrl = (name: 'POSTGRES_URL' | 'MONGODB_URI' | 'REDIS_URL' | 'AMQP_URL'): string => {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set: run through npm test, which starts the servers`);
  return url;
};

/** Waits until `probe` answers something true; looks every 20 ms, for 20 s at most. */
export async function eventually<T>(probe: () => Promise<T> | T, timeoutMs = 45_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`condition not met within ${timeoutMs} ms: ${probe.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
