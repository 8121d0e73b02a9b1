import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openKeys, rotateKeys } from './key-store.ts';

describe('signing keys', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'keys-'));
    folder = join(parent, 'keys');
  });
  afterEach(() => rm(parent, { recursive: true }));

  test('are made at the first start, for their owner only, and kept', async () => {
    const first = await openKeys(folder);
    expect((await stat(join(folder, 'signing-key.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['signing-key.json']);
    expect((await openKeys(folder)).jwks).toEqual(first.jwks);
  });

  test('are published without their private half', async () => {
    const { jwks, kid } = await openKeys(folder);
    expect(jwks.keys).toEqual([
      { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x: expect.any(String) as unknown },
    ]);
  });

  test('are the same for processes that start at once', async () => {
    const opened = await Promise.all(Array.from({ length: 8 }, () => openKeys(folder)));
    expect(new Set(opened.map(({ kid }) => kid)).size).toBe(1);
  });

  test('rotate: the new one signs, the one before is still published', async () => {
    const before = await openKeys(folder);
    const kid = await rotateKeys(folder);
    const after = await openKeys(folder);
    expect(after.kid).toBe(kid);
    expect(after.jwks.keys.map((key) => key.kid)).toEqual([kid, before.kid]);
  });

  test('are not replaced when the file is damaged', async () => {
    await openKeys(folder);
    await writeFile(join(folder, 'signing-key.json'), '{}');
    await expect(openKeys(folder)).rejects.toThrow();
  });
});
