import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, exportJWK, generateKeyPair, jwtVerify, type CryptoKey } from 'jose';
import { publishedKeys, type PublishedKeysOptions } from './published-keys.ts';

describe('the keys that tokens are verified with', () => {
  let publisher: Server;
  let url: string;
  let file: string;
  let asked: number;
  let published: { keys: object[] };
  let privateKey: CryptoKey;
  const closers: (() => void)[] = [];

  beforeEach(async () => {
    asked = 0;
    publisher = createServer((_req, res) => {
      asked += 1;
      res.setHeader('content-type', 'application/json').end(JSON.stringify(published));
    });
    await new Promise<void>((listening) => publisher.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(publisher.address() as AddressInfo).port}/`;
    file = join(mkdtempSync(join(tmpdir(), 'keys-')), 'kept', 'jwks.json');
    privateKey = await publish('one');
  });
  afterEach(async () => {
    for (const close of closers.splice(0)) close();
    publisher.closeAllConnections();
    await new Promise((closed) => publisher.close(closed));
  });

  async function publish(kid: string): Promise<CryptoKey> {
    const pair = await generateKeyPair('EdDSA');
    published = { keys: [{ ...(await exportJWK(pair.publicKey)), kid, alg: 'EdDSA' }] };
    return pair.privateKey;
  }
  const open = (options: Partial<PublishedKeysOptions> = {}) => {
    const opened = publishedKeys({ url, ...options });
    closers.push(opened.close);
    return opened.keys;
  };
  const token = (kid = 'one') => new SignJWT({}).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
  const publisherGoes = async () => {
    publisher.closeAllConnections();
    await new Promise((closed) => publisher.close(closed));
  };

  test('are fetched once for many tokens', async () => {
    const keys = open();
    await Promise.all(Array.from({ length: 10 }, async () => jwtVerify(await token(), keys)));
    await jwtVerify(await token(), keys);
    expect(asked).toBe(1);
  });

  test('stay in use after a restart while nobody publishes them', async () => {
    await jwtVerify(await token(), open({ file }));
    await publisherGoes();
    await expect(jwtVerify(await token(), open())).rejects.toThrow();
    await jwtVerify(await token(), open({ file }));
  });

  test('that were kept and have been withdrawn since are trusted no longer', async () => {
    await jwtVerify(await token(), open({ file }));
    const withdrawn = await token();
    privateKey = await publish('two');
    const keys = open({ file });
    await jwtVerify(await token('two'), keys);
    await expect(jwtVerify(withdrawn, keys)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('a file that is not whole is as good as none', async () => {
    const broken = join(mkdtempSync(join(tmpdir(), 'keys-')), 'jwks.json');
    writeFileSync(broken, '{"keys": [{');
    await jwtVerify(await token(), open({ file: broken }));
  });
});
