import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { codeOf, type Answer } from '../src/answer.ts';
import { newAddress } from '../src/address.ts';
import type { Attack } from '../src/attack.ts';
import { emails } from '../src/people.ts';
import { RawSocket } from '../src/socket.ts';
import {
  bodyTransports,
  everyTransport,
  transports,
  type Credentials,
  type Operation,
} from '../src/transports/index.ts';
import { answerFrom } from '../src/transports/websocket.ts';
import { login } from './sessions.ts';

const LIMITED = { refused: 429, code: 'RATE_LIMITED' } as const;

/** Attempts after which somebody who guesses passwords must have been stopped. */
const MOST_ATTEMPTS = 20;
/** Requests after which somebody who does nothing else must have been stopped. */
const MOST_REQUESTS = 500;
const AT_ONCE = 20;
/** Weighs a hundred times what a small one does. */
const COSTLY = '{ dishes(first: 100) { edges { cursor } } }';

const isLimited = (answer: Answer): boolean => codeOf(answer) === 'RATE_LIMITED';

/** Over HTTP it says in how many seconds to come back (RFC 9110, 10.2.3). */
const saysWhen = (_stage: unknown, { status, headers }: Answer): void => {
  if (status !== undefined) expect(headers['retry-after']).toMatch(/^[1-9]\d*$/);
};

const guesses = (count: number, email: string): Operation => ({
  query: `mutation { ${Array.from(
    { length: count },
    (_none, n) => `a${n}: login(input: { email: "${email}", password: "guess ${n}" }) { accessToken }`,
  ).join(' ')} }`,
});
const account = (): Operation => ({
  query: 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }',
  variables: { input: { email: `${randomUUID()}@guests.test`, password: 'a good password', name: 'Mallory' } },
});

/** Sends until it is told to stop, and answers with that; or with the last answer, when it never is. */
async function untilLimited(most: number, atOnce: number, send: (n: number) => Promise<Answer>): Promise<Answer> {
  let last: Answer | undefined;
  for (let n = 0; n < most; n += atOnce) {
    const answers = await Promise.all(Array.from({ length: atOnce }, (_none, index) => send(n + index)));
    const limited = answers.find(isLimited);
    if (limited) return limited;
    last = answers.at(-1);
  }
  return last as Answer;
}

type Person = (from: string | undefined) => (n: number) => [Operation, Credentials];
/** Ways to guess, or to make, what a password is needed for; each from one address or in one name. */
const ways: [name: string, most: number, of: Person][] = [
  ['passwords of one account', MOST_ATTEMPTS, (from) => () => [login(emails.guest, 'guess'), { from }]],
  [
    'one password of many accounts',
    MOST_ATTEMPTS,
    (from) => (n) => [login(`guest${n}@brigade.test`, 'guess'), { from }],
  ],
  ['twenty passwords in one operation', 4, (from) => () => [guesses(20, emails.staff), { from }]],
  ['accounts that nobody needs', MOST_ATTEMPTS, (from) => () => [account(), { from }]],
  [
    'passwords, as if from other addresses',
    MOST_ATTEMPTS,
    (from) => (n) => [
      login(emails.manager, 'guess'),
      { from, headers: { 'x-forwarded-for': `10.0.0.${n}`, 'x-real-ip': `10.0.0.${n}`, forwarded: `for=10.0.0.${n}` } },
    ],
  ],
];

/** More than anybody needs. Another client, from another address, is served all the while. */
export const floods: readonly Attack[] = [
  ...ways.flatMap(([name, most, of]) =>
    bodyTransports.map((by): Attack => ({
      name,
      by,
      door: 'limited',
      async send(_stage, url) {
        const next = of(newAddress());
        return untilLimited(most, 1, (n) => transports[by](url, ...next(n)));
      },
      expected: LIMITED,
      holds: saysWhen,
    })),
  ),
  ...everyTransport.map((by): Attack => ({
    name: 'queries from one address',
    by,
    door: 'limited',
    async send(_stage, url) {
      const from = newAddress();
      return untilLimited(MOST_REQUESTS, AT_ONCE, () => transports[by](url, { query: COSTLY }, { from }));
    },
    expected: LIMITED,
    holds: saysWhen,
  })),
  {
    name: 'queries in one name, from many addresses',
    by: 'fast lane',
    door: 'limited',
    async send(stage, url) {
      const token = stage.tokenOf('stranger');
      return untilLimited(MOST_REQUESTS, AT_ONCE, () =>
        transports['fast lane'](url, { query: COSTLY }, { token, from: newAddress() }),
      );
    },
    expected: LIMITED,
    holds: saysWhen,
  },
  {
    name: 'queries over one connection',
    by: 'WebSocket',
    door: 'limited',
    async send(_stage, url) {
      const socket = await RawSocket.acknowledged(url);
      for (let n = 0; n < MOST_REQUESTS && !socket.told('error') && !socket.isOver; n += AT_ONCE) {
        for (let id = n; id < n + AT_ONCE; id += 1) socket.subscribe(String(id), COSTLY);
        await socket.until(() => socket.isOver || ended(socket) === n + AT_ONCE);
      }
      socket.end();
      return answerFrom(socket, ({ type }) => type === 'error');
    },
    expected: LIMITED,
  },
];

const ended = ({ messages }: RawSocket): number =>
  messages.filter(({ type }) => type === 'complete' || type === 'error').length;
