import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import { exchange } from '../src/http.ts';
import { PASSWORD, emails } from '../src/people.ts';
import type { Stage } from '../src/stage.ts';
import {
  bodyTransports,
  streamTransports,
  transports,
  type Operation,
  type TransportName,
} from '../src/transports/index.ts';

/** What was ended is known to every router within this time. */
const REVOKED_WITHIN_MS = 5_000;
const REFUSED = { denied: 'UNAUTHENTICATED' } as const;

export const login = (email: string, password: string): Operation => ({
  query: 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id } } }',
  variables: { input: { email, password } },
});
const refresh = (refreshToken: string): Operation => ({
  query: 'mutation ($token: String!) { refresh(refreshToken: $token) { refreshToken } }',
  variables: { token: refreshToken },
});
const logout = (refreshToken: string): Operation => ({
  query: 'mutation ($token: String!) { logout(refreshToken: $token) }',
  variables: { token: refreshToken },
});

/** A session of the victim's, with the refresh token that it begins with. */
const begin = (stage: Stage): Promise<string> => stage.people.guest.begin(emails.guest);
const successorIn = ({ body }: Answer): string | undefined =>
  (body?.data?.refresh as { refreshToken: string } | undefined)?.refreshToken;

type Ask = (operation: Operation, token?: string) => Promise<Answer>;

/** An attempt that takes several requests over one transport. */
const overEach = (
  name: string,
  send: (stage: Stage, ask: Ask) => Promise<Answer>,
  expected: Attack['expected'],
): Attack[] =>
  bodyTransports.map((by: TransportName) => ({
    name,
    by,
    send: (stage, url) => send(stage, (operation, token) => transports[by](url, operation, { token })),
    expected,
  }));

async function loggedIn(ask: Ask): Promise<{ accessToken: string; refreshToken: string }> {
  const { body, text } = await ask(login(emails.guest, PASSWORD));
  if (!body?.data?.login) throw new Error(`logging in failed: ${text}`);
  return body.data.login as { accessToken: string; refreshToken: string };
}

/** Hashes of passwords that identity has compared so far. */
async function compared({ restaurant }: Stage): Promise<number> {
  const { text } = await exchange(`${restaurant.address('identity')}/metrics`);
  return Number(/^identity_password_comparisons_total\S* (\d+)$/m.exec(text)?.[1] ?? Number.NaN);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Sessions: tokens that come again, and what somebody without a password learns of who has one. */
export const sessions: readonly Attack[] = [
  ...overEach(
    'a refresh token that was used before',
    async (stage, ask) => {
      const first = await begin(stage);
      expect(successorIn(await ask(refresh(first)))).toBeDefined();
      return ask(refresh(first));
    },
    REFUSED,
  ),
  ...overEach(
    'the successor of a refresh token that came again: the whole session has ended',
    async (stage, ask) => {
      const first = await begin(stage);
      const second = successorIn(await ask(refresh(first)));
      await ask(refresh(first));
      return ask(refresh(String(second)));
    },
    REFUSED,
  ),
  ...overEach(
    'one refresh token ten times at once: one successor at most',
    async (stage, ask) => {
      const first = await begin(stage);
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(refresh(first))));
      expect(answers.filter((answer) => successorIn(answer) !== undefined)).toHaveLength(1);
      return answers.find((answer) => successorIn(answer) === undefined) as Answer;
    },
    REFUSED,
  ),
  ...overEach(
    'a refresh token of a session that was ended',
    async (stage, ask) => {
      const first = await begin(stage);
      expect((await ask(logout(first))).body?.data).toEqual({ logout: true });
      return ask(refresh(first));
    },
    REFUSED,
  ),
  {
    name: 'an access token in the place of a refresh token',
    over: bodyTransports,
    operation: (stage) => refresh(String(stage.tokenOf('guest'))),
    expected: REFUSED,
  },
  { name: 'a refresh token that never was', over: bodyTransports, operation: refresh(randomUUID()), expected: REFUSED },
  { name: 'a wrong password', over: bodyTransports, operation: login(emails.guest, 'wrong'), expected: REFUSED },
  {
    name: 'ending the session of nobody tells nothing',
    over: bodyTransports,
    operation: logout(randomUUID()),
    expected: { data: { logout: true } },
  },
  ...overEach(
    'who has an account: an unknown address gets the same answer as a wrong password',
    async (_stage, ask) => {
      const [known, unknown] = [
        await ask(login(emails.guest, 'wrong')),
        await ask(login('nobody@brigade.test', 'wrong')),
      ];
      expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
      return unknown;
    },
    REFUSED,
  ),
  {
    name: 'who has an account: a password is compared for an unknown address as well',
    by: 'fast lane',
    async send(stage, url) {
      const ask = transports['fast lane'];
      const before = await compared(stage);
      await ask(url, login(emails.guest, 'wrong'));
      const between = await compared(stage);
      const answer = await ask(url, login('nobody@brigade.test', 'wrong'));
      expect([between - before, (await compared(stage)) - between]).toEqual([1, 1]);
      return answer;
    },
    expected: REFUSED,
  },
  {
    name: 'who has an account: the time is measured and told (a ratio near 1 tells nothing)',
    by: 'fast lane',
    async send(_stage, url) {
      const times: Record<string, number[]> = { known: [], unknown: [] };
      let answer: Answer | undefined;
      for (let round = 0; round < 12; round += 1) {
        for (const [kind, email] of [['known', emails.guest] as const, ['unknown', `${round}@brigade.test`] as const]) {
          const started = performance.now();
          answer = await transports['fast lane'](url, login(email, 'wrong'));
          if (round > 1) times[kind]?.push(performance.now() - started);
        }
      }
      const [known, unknown] = [median(times.known ?? []), median(times.unknown ?? [])];
      console.log(
        `login with a wrong password, medians of 10 interleaved rounds: account ${known.toFixed(1)} ms, ` +
          `no account ${unknown.toFixed(1)} ms, ratio ${(unknown / known).toFixed(2)}`,
      );
      return answer as Answer;
    },
    expected: REFUSED,
  },
  ...overEach(
    'an access token of a session that was ended: soon it is good for nothing',
    async (stage, ask) => {
      const { accessToken, refreshToken } = await loggedIn(ask);
      await ask(logout(refreshToken));
      return eventually(async () => {
        const answer = await ask({ query: '{ me { id } }' }, accessToken);
        return answer.body?.data ? undefined : answer;
      }, REVOKED_WITHIN_MS);
    },
    { refused: 401, code: 'UNAUTHENTICATED', closed: 4403 },
  ),
  ...streamTransports.map((by): Attack => ({
    name: 'a subscription of a session that was ended: soon it is closed',
    by,
    async send(stage, url) {
      const { accessToken, refreshToken } = await loggedIn((operation) => transports[by](url, operation));
      const watched = transports[by](
        url,
        {
          query: 'subscription ($id: ID!) { orderUpdated(id: $id) { id } }',
          variables: { id: stage.belongings.orderId },
        },
        { token: accessToken, signal: AbortSignal.timeout(REVOKED_WITHIN_MS) },
      );
      await transports[by](url, logout(refreshToken));
      return watched;
    },
    expected: by === 'WebSocket' ? { closed: 4403 } : { nothing: 'UNAUTHENTICATED' },
  })),
];
