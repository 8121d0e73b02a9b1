import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  SignJWT,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import { authenticateWith, type Authenticate } from './authenticate.ts';
import { publishedKeys } from './published-keys.ts';

const settings = { issuer: 'brigade', audience: 'brigade-api', roles: ['GUEST'], subject: 'uuid' as const };
const sub = '01940000-0000-7000-8000-000000000002';

describe('who is asking', () => {
  let authenticate: Authenticate;
  let sign: (claims?: JWTPayload, header?: Partial<JWTHeaderParameters>) => Promise<string>;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA');
    const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'EdDSA' }] });
    authenticate = authenticateWith(settings, keys);
    sign = (claims = {}, header = {}) =>
      new SignJWT({
        sub,
        roles: ['GUEST'],
        iss: 'brigade',
        aud: 'brigade-api',
        exp: Math.floor(Date.now() / 1_000) + 60,
        ...claims,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'one', typ: 'at+jwt', ...header })
        .sign(privateKey);
  });

  test('a valid token is its user', async () => {
    expect(await authenticate(`Bearer ${await sign()}`)).toMatchObject({
      identity: { kind: 'user', userId: sub, roles: ['GUEST'] },
      expiresAt: expect.any(Number),
    });
  });

  test('no header is anonymous', async () => {
    expect(await authenticate(undefined)).toEqual({ identity: { kind: 'anonymous' } });
  });

  test.each([
    ['of another issuer', { iss: 'someone' }, {}],
    ['for another audience', { aud: 'someone' }, {}],
    ['that has expired', { exp: 1 }, {}],
    ['that is not valid yet', { nbf: Math.floor(Date.now() / 1_000) + 600 }, {}],
    ['without an expiry', { exp: undefined }, {}],
    ['of another type', {}, { typ: 'JWT' }],
    ['with an unknown key', {}, { kid: 'two' }],
    ['with a role that does not exist', { roles: ['OWNER'] }, {}],
    ['whose subject is no user', { sub: '../admin' }, {}],
  ])('a token %s is refused', async (_title, claims, header) => {
    await expect(sign(claims, header).then((token) => authenticate(`Bearer ${token}`))).rejects.toThrow('not valid');
  });

  test.each(['Basic abc', 'Bearer', 'Bearer a.b', 'Bearer a.b.c.d'])('the header "%s" is refused', async (header) => {
    await expect(authenticate(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('without keys nobody can tell whether a token is valid: that is not its fault', async () => {
    const server = createServer((_req, res) => res.writeHead(503).end());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const withoutKeys = authenticateWith(settings, publishedKeys({ url }).keys);
    const token = `Bearer ${await sign()}`;
    await expect(withoutKeys(token)).rejects.toMatchObject({ name: 'KeysUnavailable' });
    await new Promise((closed) => server.close(closed));
    await expect(withoutKeys(token)).rejects.toMatchObject({ name: 'KeysUnavailable' });
    await expect(withoutKeys('Bearer a.b.c')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
