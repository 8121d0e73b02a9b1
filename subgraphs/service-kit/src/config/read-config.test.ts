import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { processSettings, sharedSettings } from './base-config.ts';
import { ConfigurationError, readConfig } from './read-config.ts';

const schema = z.object({
  ...processSettings,
  POSTGRES_URL: sharedSettings.POSTGRES_URL,
  ACTOR_SECRET: sharedSettings.ACTOR_SECRET,
  CONSUMER_CONCURRENCY: sharedSettings.CONSUMER_CONCURRENCY,
});
const good = { POSTGRES_URL: 'postgres://app:x@127.0.0.1/postgres', ACTOR_SECRET: 'x'.repeat(32) };
const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig('orders', schema, env);
    return [];
  } catch (error) {
    return [...(error as ConfigurationError).faults];
  }
};

describe('reading the environment', () => {
  test('takes defaults for what is absent or empty, and numbers as numbers', () => {
    expect(readConfig('orders', schema, { ...good, HOST: '', CONSUMER_CONCURRENCY: '4', UNRELATED: 'x' })).toEqual({
      ...good,
      BRIGADE_NAMESPACE: 'brigade',
      INSTANCE_ID: expect.stringMatching(/^[\w.:-]+:\d+$/),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      FAILPOINTS: '',
      CONSUMER_CONCURRENCY: 4,
    });
  });

  test('names every fault at once, and the service', () => {
    const faults = faultsOf({
      POSTGRES_URL: 'http://127.0.0.1',
      CONSUMER_CONCURRENCY: 'many',
      BRIGADE_NAMESPACE: 'Big',
      LOG_LEVEL: 'loud',
    });
    expect(faults).toHaveLength(5);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining([
        'POSTGRES_URL',
        'ACTOR_SECRET',
        'CONSUMER_CONCURRENCY',
        'BRIGADE_NAMESPACE',
        'LOG_LEVEL',
      ]),
    );
    expect(new ConfigurationError('orders', faults).message).toMatch(/^orders can't start.* 5 fault/);
  });

  test('says what was expected', () => {
    expect(faultsOf({ ...good, POSTGRES_URL: 'http://x' })[0]).toContain('postgres:// or postgresql://');
    expect(faultsOf({ POSTGRES_URL: good.POSTGRES_URL })[0]).toMatch(/^ACTOR_SECRET: is not set/);
    expect(faultsOf({ ...good, ACTOR_SECRET: '' })[0]).toMatch(/^ACTOR_SECRET: is not set/);
  });

  test('does not repeat a secret in its faults', () => {
    expect(faultsOf({ ...good, ACTOR_SECRET: 'too-short' }).join()).not.toContain('too-short');
  });
});
