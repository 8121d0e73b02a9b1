import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Redis } from 'ioredis';
import { PersistedQueryStore } from './persisted-query-store.ts';
import { Safelist } from './safelist.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const open = (more: Partial<ConstructorParameters<typeof PersistedQueryStore>[0]> = {}) =>
  new PersistedQueryStore({ automatic: true, ttlSeconds: 60, mostKept: 10_000, ...more });

describe('texts that are kept by their hash', () => {
  test('all together are bounded, however few they are', async () => {
    const store = open();
    const texts = Array.from({ length: 30 }, (_none, index) => `# ${index} ${'x'.repeat(1_000_000)}`);
    for (const text of texts) await store.add(hashOf(text), text);
    const found = await Promise.all(texts.map((text) => store.find(hashOf(text))));
    const kept = found.filter((text) => text !== undefined);
    expect(kept).toEqual(texts.slice(-kept.length));
    expect(kept.join('').length).toBeLessThanOrEqual(20_000_000);
    expect(kept.length).toBeGreaterThan(15);
  });

  test('what is no hash is looked for in the safelist alone', async () => {
    const asked: string[] = [];
    const redis = { get: async (key: string) => void asked.push(key) } as unknown as Redis;
    const store = open({ redis, keyPrefix: 'p:', safelist: new Safelist([{ id: 'menu', text: '{ menu }' }]) });
    expect(await store.find('menu')).toBe('{ menu }');
    for (const id of ['', '__proto__', 'x'.repeat(1_000_000), `${hashOf('a')}\n`]) {
      expect(await store.find(id)).toBeUndefined();
    }
    expect(asked).toEqual([]);
    await store.find(hashOf('a'));
    expect(asked).toEqual([`p:apq:${hashOf('a')}`]);
  });
});
