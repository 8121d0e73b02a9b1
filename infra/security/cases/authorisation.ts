import { expect } from '@jest/globals';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import { everyTransport } from '../src/transports/index.ts';

const UNAUTHORISED = { nothing: 'UNAUTHORIZED_FIELD_OR_TYPE' } as const;
const nothingTold = (_stage: unknown, { text }: Answer): void => expect(text).not.toContain('classified');

/** Ways to a field that only some may see (`@authenticated`, `@requiresScopes`). */
const ways: [name: string, query: string][] = [
  ['straight through the interface', '{ holder(id: "account") { secret } }'],
  ['by a fragment on the interface', '{ holder(id: "account") { ... on Holder { secret } } }'],
  ['by a fragment on the object', '{ holder(id: "account") { ... on Account { secret } } }'],
  [
    'by fragments within fragments',
    '{ holder(id: "account") { ...A } } fragment A on Holder { ... on Account { ...B } } fragment B on Account { secret }',
  ],
  ['under another name', '{ holder(id: "account") { other: secret } }'],
  [
    'by a condition in a variable',
    'query ($yes: Boolean! = true) { holder(id: "account") { ... @include(if: $yes) { secret } } }',
  ],
  ['which is a key, beside what another subgraph tells by it', '{ keyed(id: "keyed") { number more } }'],
  ['of which a scope is asked, through the interface', '{ holder(id: "safe") { secret } }'],
  ['of which a scope is asked, by a fragment', '{ holder(id: "safe") { ... on Safe { secret } } }'],
];

/** What the schema says of who may see a field, against every way to it. */
export const authorisation: readonly Attack[] = [
  ...ways.map(([name, query]): Attack => ({
    name: `a protected field ${name}`,
    door: 'guarded',
    over: everyTransport,
    operation: { query },
    expected: UNAUTHORISED,
    holds: nothingTold,
  })),
  {
    name: 'a protected field of which a scope is asked, logged in but without it',
    door: 'guarded',
    over: everyTransport,
    as: 'guest',
    operation: { query: '{ holder(id: "safe") { secret } }' },
    expected: UNAUTHORISED,
    holds: nothingTold,
  },
  {
    name: 'what is not refused: a protected field, logged in',
    door: 'guarded',
    over: everyTransport,
    as: 'guest',
    operation: { query: '{ keyed(id: "keyed") { number } }' },
    expected: { data: { keyed: { number: 'classified' } } },
  },
];
