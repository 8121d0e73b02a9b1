import { describe, expect, test } from '@jest/globals';
import { Health } from './health.ts';

const identity = { service: 'orders', instance: 'host-1:7' };
const up = async () => {};

describe('readiness', () => {
  test('is given while every dependency answers, and says who answers', async () => {
    const health = new Health(identity);
    health.add('postgres', up);
    health.add('rabbitmq', up);
    expect(await health.report()).toEqual({
      ...identity,
      status: 'ready',
      dependencies: {
        postgres: { status: 'up', ms: expect.any(Number) },
        rabbitmq: { status: 'up', ms: expect.any(Number) },
      },
    });
  });

  test('is lost with one dependency, which is named with its error', async () => {
    const health = new Health(identity);
    health.add('postgres', up);
    health.add('redis', async () => {
      throw new Error('connection refused');
    });
    const { status, dependencies } = await health.report();
    expect(status).toBe('not ready');
    expect(dependencies.postgres?.status).toBe('up');
    expect(dependencies.redis).toMatchObject({ status: 'down', error: 'connection refused' });
  });

  test('does not wait for a dependency that does not answer', async () => {
    const health = new Health(identity, 30);
    health.add('rabbitmq', () => new Promise(() => {}));
    const { status, dependencies } = await health.report();
    expect(status).toBe('not ready');
    expect(dependencies.rabbitmq).toMatchObject({ status: 'down', error: 'no answer within 30 ms' });
  });

  test('ends when the service drains, though all is up', async () => {
    const health = new Health(identity);
    health.add('postgres', up);
    health.drain();
    expect(await health.report()).toMatchObject({ status: 'draining', dependencies: { postgres: { status: 'up' } } });
  });
});
