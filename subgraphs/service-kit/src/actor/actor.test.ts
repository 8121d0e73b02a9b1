import { describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { Forbidden, Unauthenticated } from '../errors/domain-error.ts';
import { isStaff, requireRole, requireUser, signActor, verifyActor, type Actor } from './actor.ts';

const secret = 'a secret of the tests, at least 32 characters';
const key = new TextEncoder().encode(secret);
const userId = '01890a5d-ac96-774b-bcce-b302099a8057';
const guest: Actor = { kind: 'user', userId, roles: ['GUEST'] };
const manager: Actor = { kind: 'user', userId, roles: ['GUEST', 'MANAGER'] };

const signed = (header: object, claims: object = { actor: guest }, expires: string | undefined = '60s') => {
  const jwt = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt', ...header });
  return expires ? jwt.setExpirationTime(expires).sign(key) : jwt.sign(key);
};

describe('the actor header', () => {
  test.each<Actor>([{ kind: 'anonymous' }, guest, { kind: 'service', name: 'orders' }])(
    'says who asks: $kind',
    async (actor) => {
      expect(await verifyActor(await signActor(actor, secret), secret)).toEqual(actor);
    },
  );

  test.each<[string, () => Promise<string | undefined>]>([
    ['absent', async () => undefined],
    ['empty', async () => ''],
    ['no token', async () => 'hello'],
    ['signed with another secret', () => signActor(manager, `${secret}!`)],
    [
      'changed after signing',
      async () => {
        const [header, , signature] = (await signActor(guest, secret)).split('.');
        const payload = Buffer.from(JSON.stringify({ actor: manager, exp: 9_999_999_999 })).toString('base64url');
        return [header, payload, signature].join('.');
      },
    ],
    ['not signed at all', async () => new UnsecuredJWT({ actor: manager }).setExpirationTime('60s').encode()],
    ['signed by another algorithm', () => signed({ alg: 'HS512' })],
    ['a token of another kind', () => signed({ typ: 'at+jwt' })],
    ['expired', () => signed({}, { actor: guest }, '-1s')],
    ['without an end', () => signed({}, { actor: guest }, '')],
    ['for nobody', () => signed({}, {})],
    ['for a role that there is not', () => signed({}, { actor: { ...guest, roles: ['OWNER'] } })],
  ])('is refused when %s', async (_title, header) => {
    await expect(verifyActor(await header(), secret)).rejects.toThrow(Unauthenticated);
  });
});

describe('what an actor may do', () => {
  test('only a user who is logged in passes', () => {
    expect(requireUser(guest)).toBe(guest);
    expect(() => requireUser({ kind: 'anonymous' })).toThrow(Unauthenticated);
    expect(() => requireUser({ kind: 'service', name: 'orders' })).toThrow(Unauthenticated);
  });
  test('only one of the roles passes', () => {
    expect(requireRole(manager, 'STAFF', 'MANAGER')).toBe(manager);
    expect(() => requireRole(guest, 'STAFF', 'MANAGER')).toThrow(Forbidden);
    expect(() => requireRole({ kind: 'anonymous' }, 'STAFF')).toThrow(Unauthenticated);
  });
  test('whoever has more than the role of a guest is staff', () => {
    expect([guest, manager, { kind: 'anonymous' } as Actor].map(isStaff)).toEqual([false, true, false]);
  });
});
