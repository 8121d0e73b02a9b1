import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyOf } from '../values/key.ts';
import { expire } from './expiry.ts';
import { Store } from './store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mongo-dev-ttl-'));
  store = await Store.open(folder, () => undefined);
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

test('a TTL index removes what is due, and leaves what an open transaction holds', async () => {
  await store.addIndex('d.c', { v: 2, name: 'ttl', key: { at: 1 }, expireAfterSeconds: 10 });
  const collection = store.collection('d.c');
  const unit = store.begin(false);
  for (const doc of [
    { _id: 1, at: new Date(0) },
    { _id: 2, at: new Date(5000) },
    { _id: 3, at: 'never' },
    { _id: 4, at: [new Date(0)] },
  ]) {
    unit.stage(collection, keyOf(doc._id), doc);
  }
  await store.commit(unit);
  const transaction = store.begin(true);
  transaction.stage(collection, keyOf(4), { _id: 4, at: new Date(99_000) });
  expect(await expire(store, 10_000)).toBe(1);
  store.abort(transaction);
  expect(await expire(store, 10_000)).toBe(1);
  expect([...collection.docs.values()].map(({ _id }) => _id)).toEqual([2, 3]);
});
