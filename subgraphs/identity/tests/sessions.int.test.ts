import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { codeOf, operations, startTestIdentity, type Session, type TestIdentity } from './start-identity.ts';

const DAY_MS = 86_400_000;

describe('sessions', () => {
  let service: TestIdentity;
  let first: Session;
  let count = 0;

  beforeAll(async () => {
    service = await startTestIdentity();
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    const input = { email: `guest${(count += 1)}@example.org`, password: 'correct horse', name: 'Guest' };
    first = (await service.ask<{ register: Session }>(operations.register, { input })).data.register;
  });

  const refresh = (token: string) => service.ask<{ refresh: Session }>(operations.refresh, { token });
  const refreshed = async (token: string): Promise<string> => (await refresh(token)).data.refresh.refreshToken;

  test('an access token verifies against the published keys and says who, until when, and for whom', async () => {
    const response = await fetch(`${service.base}/.well-known/jwks.json`);
    expect(response.headers.get('content-type')).toContain('application/jwk-set+json');
    const jwks = (await response.json()) as JSONWebKeySet;
    const { payload, protectedHeader } = await jwtVerify(first.accessToken, createLocalJWKSet(jwks), {
      issuer: 'brigade',
      audience: 'brigade-api',
      typ: 'at+jwt',
      algorithms: ['EdDSA'],
      currentDate: new Date(service.now()),
    });
    expect(protectedHeader.kid).toBe(jwks.keys[0]?.kid);
    expect(payload).toMatchObject({ sub: first.user.id, name: 'Guest', roles: ['GUEST'], jti: expect.any(String) });
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(JSON.stringify(jwks)).not.toContain('"d"');
  });

  test('a session that was ended is told to whoever verifies its tokens, also when Redis has forgotten it', async () => {
    const { sid } = decodeJwt(first.accessToken);
    const key = `${service.env.BRIGADE_NAMESPACE}:identity:revoked-sessions`;
    const redis = new Redis(serverUrl('REDIS_URL'));
    try {
      expect(sid).toEqual(expect.any(String));
      expect(await redis.zscore(key, String(sid))).toBeNull();
      await service.ask(operations.logout, { token: first.refreshToken });
      const told = () => eventually(() => redis.zscore(key, String(sid)));
      await told();
      await redis.del(key);
      await told();
    } finally {
      redis.disconnect();
    }
  });

  test('a refresh token is exchanged for its successor, again and again', async () => {
    const second = (await refresh(first.refreshToken)).data.refresh;
    expect(second.user).toEqual(first.user);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(decodeJwt(second.accessToken).jti).not.toBe(decodeJwt(first.accessToken).jti);
    expect(codeOf(await refresh(await refreshed(second.refreshToken)))).toBeUndefined();
  });

  test('when one client sends the same token ten times at once, then it gets one successor, which works', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(first.refreshToken)));
    const won = answers.filter((answer) => !answer.errors);
    expect(won).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'UNAUTHENTICATED')).toHaveLength(9);
    expect(codeOf(await refresh(won[0]!.data.refresh.refreshToken))).toBeUndefined();
  });

  test('when a used token comes again later, then the whole session ends', async () => {
    const second = await refreshed(first.refreshToken);
    const third = await refreshed(second);
    service.pass(5_001);
    expect(codeOf(await refresh(first.refreshToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(third))).toBe('UNAUTHENTICATED');
  });

  test('when a used token comes again within the grace, then the session lives on', async () => {
    const second = await refreshed(first.refreshToken);
    service.pass(4_999);
    expect(codeOf(await refresh(first.refreshToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(second))).toBeUndefined();
  });

  test("one session's end leaves the person's other sessions alone", async () => {
    const input = { email: first.user.email, password: 'correct horse' };
    const other = (await service.ask<{ login: Session }>(operations.login, { input })).data.login;
    expect((await service.ask(operations.logout, { token: first.refreshToken })).data).toEqual({ logout: true });
    expect(codeOf(await refresh(first.refreshToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(other.refreshToken))).toBeUndefined();
  });

  test('logging out twice, or with a token that never was, is no error', async () => {
    for (const token of [first.refreshToken, first.refreshToken, 'never was'])
      expect((await service.ask(operations.logout, { token })).data).toEqual({ logout: true });
  });

  test('a token that never was is refused like an expired one', async () => {
    expect(codeOf(await refresh('never was'))).toBe('UNAUTHENTICATED');
    service.pass(30 * DAY_MS);
    expect(codeOf(await refresh(first.refreshToken))).toBe('UNAUTHENTICATED');
  });
});
