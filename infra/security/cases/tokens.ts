import { expect } from '@jest/globals';
import type { Attack } from '../src/attack.ts';
import type { TokenParts } from '../src/forger.ts';
import type { Stage } from '../src/stage.ts';
import { everyTransport } from '../src/transports/index.ts';

const REFUSED = { refused: 401, code: 'UNAUTHENTICATED', closed: 4403 } as const;
const ME = { query: '{ me { id email } }' };
const now = (): number => Math.floor(Date.now() / 1_000);
const victim = (stage: Stage): string => stage.userIdOf('guest');

/** With identity's own signature, which is not enough. */
const wellSigned: [name: string, parts: () => TokenParts][] = [
  ['of another issuer', () => ({ claims: { iss: 'https://evil.test' } })],
  ['of no issuer', () => ({ claims: { iss: undefined } })],
  ['for another audience', () => ({ claims: { aud: 'another-api' } })],
  ['for no audience', () => ({ claims: { aud: undefined } })],
  ['of another type', () => ({ header: { typ: 'JWT' } })],
  ['of the type of an id token', () => ({ header: { typ: 'id+jwt' } })],
  ['of no type', () => ({ header: { typ: undefined } })],
  ['that has expired', () => ({ claims: { exp: now() - 1 } })],
  ['that expired long ago', () => ({ claims: { exp: 1 } })],
  ['without an end', () => ({ claims: { exp: undefined } })],
  ['whose end is a text', () => ({ claims: { exp: 'tomorrow' } })],
  ['that is not valid yet', () => ({ claims: { nbf: now() + 600 } })],
  ['of nobody', () => ({ claims: { sub: undefined } })],
  ['of somebody who is no account', () => ({ claims: { sub: '../../admin' } })],
  ['of an object', () => ({ claims: { sub: { $ne: null } } })],
  ['with a role that there is not', () => ({ claims: { roles: ['GUEST', 'OWNER'] } })],
  ['with roles that are a text', () => ({ claims: { roles: 'ADMIN' } })],
  ['with roles that are objects', () => ({ claims: { roles: [{ $gt: '' }] } })],
];

/** With what an attacker has: what identity publishes, and tokens of their own. */
const forged: [name: string, token: (stage: Stage) => string | Promise<string>][] = [
  ['not signed (alg none)', (stage) => stage.forger.unsigned(victim(stage), { alg: 'none' })],
  ['not signed (alg None)', (stage) => stage.forger.unsigned(victim(stage), { alg: 'None' })],
  [
    'not signed, and without the last dot',
    (stage) => stage.forger.unsigned(victim(stage), { alg: 'none' }).slice(0, -1),
  ],
  ['without its signature', (stage) => `${String(stage.tokenOf('guest')).split('.').slice(0, 2).join('.')}.`],
  [
    "with another token's signature",
    (stage) => {
      const signature = String(stage.tokenOf('guest')).split('.')[2];
      return stage.forger.unsigned(victim(stage), {}, signature);
    },
  ],
  [
    'HS256 with the public key (PEM) as the secret',
    (stage) => {
      const pem = stage.forger.publicKey.export({ type: 'spki', format: 'pem' });
      return stage.forger.signedWithSecret(victim(stage), Buffer.from(pem));
    },
  ],
  [
    'HS256 with the bytes of the public key as the secret',
    (stage) => stage.forger.signedWithSecret(victim(stage), Buffer.from(String(stage.forger.publicJwk.x), 'base64url')),
  ],
  [
    'HS256 with the published key as JSON as the secret',
    (stage) => stage.forger.signedWithSecret(victim(stage), Buffer.from(JSON.stringify(stage.forger.publicJwk))),
  ],
  [
    'HS256 with an empty file as the secret (`kid` that leaves its folder)',
    (stage) => stage.forger.signedWithSecret(victim(stage), Buffer.alloc(32), { kid: '../../../../../../dev/null' }),
  ],
  [
    "signed by the attacker's own key, of the same name",
    (stage) => stage.forger.signedByStranger(victim(stage), () => ({})),
  ],
  [
    'signed by a key that it brings along (jwk)',
    (stage) => stage.forger.signedByStranger(victim(stage), (jwk) => ({ jwk })),
  ],
  [
    'signed by a key that it brings along, without naming another (jwk)',
    (stage) => stage.forger.signedByStranger(victim(stage), (jwk) => ({ jwk, kid: undefined })),
  ],
  ...['../../../../etc/passwd', "x' or '1'='1", 'x'.repeat(2_000), '__proto__', ''].map(
    (kid): (typeof forged)[number] => [
      `signed by the attacker's own key, with the name ${kid.slice(0, 30)}`,
      (stage) => stage.forger.signedByStranger(victim(stage), () => ({ kid })),
    ],
  ),
  ['which is no token', () => 'guest'],
  ['of three dots', () => '..'],
  ['of 8 KB', () => `${'a'.repeat(4_000)}.${'b'.repeat(4_000)}.c`],
  ['which is two tokens', (stage) => `${stage.tokenOf('guest')}, Bearer ${stage.tokenOf('guest')}`],
  ['which is the internal header', (stage) => stage.forger.actor({ kind: 'user', userId: victim(stage), roles: [] })],
];

/** Access tokens that are none. */
export const tokens: readonly Attack[] = [
  {
    name: 'what is not refused: a good token',
    over: everyTransport,
    token: (stage) => stage.forger.signed(victim(stage)),
    operation: ME,
    expected: { data: { me: { id: expect.any(String) as unknown, email: 'guest@brigade.test' } } },
  },
  ...wellSigned.map(([name, parts]): Attack => ({
    name: `a token ${name}`,
    over: everyTransport,
    token: (stage) => stage.forger.signed(victim(stage), parts()),
    operation: ME,
    expected: REFUSED,
  })),
  ...forged.map(([name, token]): Attack => ({
    name: `a token ${name}`,
    over: everyTransport,
    token,
    operation: ME,
    expected: REFUSED,
  })),
  {
    name: 'a token that says what must be understood, and is not (crit)',
    over: everyTransport,
    token: (stage) => stage.forger.signedText(victim(stage), { crit: ['x-limits'], 'x-limits': 'none' }),
    operation: ME,
    expected: REFUSED,
  },
  {
    name: 'a token that says where its keys are (jku, x5u): nobody asks there',
    over: everyTransport,
    token: (stage) => {
      const { keysUrl } = stage.hostile;
      return stage.forger.signedByStranger(victim(stage), () => ({ jku: keysUrl, x5u: keysUrl, kid: 'theirs' }));
    },
    operation: ME,
    expected: REFUSED,
    holds: ({ hostile }) => expect(hostile.asked.get('keys')).toBeUndefined(),
  },
  {
    name: 'a refresh token in the place of an access token',
    over: everyTransport,
    token: (stage) => stage.people.stranger.begin('guest@brigade.test'),
    operation: ME,
    expected: REFUSED,
  },
  ...['Basic Z3Vlc3Q6YnJpZ2FkZS1kZW1v', 'Bearer', 'Digest username="guest"', ''].map((authorization): Attack => ({
    name: `the header Authorization: ${authorization}`,
    over: everyTransport,
    headers: () => ({ authorization }),
    operation: ME,
    expected: REFUSED,
  })),
];
