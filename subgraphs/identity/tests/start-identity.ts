import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTOR_HEADER, signActor, type Actor, type Environment } from '@brigade/service-kit';
import { startInstances } from '../../service-kit/tests/subgraph-harness.ts';
import { serverUrl, testNamespace } from '../../service-kit/tests/test-runtime.ts';
import { identity, startIdentity } from '../src/service.ts';

export interface Answer<T> {
  data: T;
  errors?: { message: string; extensions: { code: string } }[];
}

/** The whole service on a free port, with a database, an exchange, keys and a clock of its own. */
export async function startTestIdentity() {
  const keysDir = await mkdtemp(join(tmpdir(), 'identity-keys-'));
  const env: Environment = {
    BRIGADE_NAMESPACE: testNamespace(),
    POSTGRES_URL: serverUrl('POSTGRES_URL'),
    AMQP_URL: serverUrl('AMQP_URL'),
    REDIS_URL: serverUrl('REDIS_URL'),
    ACTOR_SECRET: 'a secret of tests, long enough for them',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    IDENTITY_PORT: '0',
    KEYS_DIR: keysDir,
  };
  let now = Date.now();
  await identity.migrate?.(env);
  const start = (given: Environment) => startIdentity(given, () => new Date(now));
  const service = await startInstances({ ...identity, start }, env);
  const base = () => `http://127.0.0.1:${service.port}`;

  async function ask<T = Record<string, never>>(
    query: string,
    variables: Record<string, unknown> = {},
    actor: Actor = { kind: 'anonymous' },
  ): Promise<Answer<T>> {
    const response = await fetch(`${base()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET!) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }

  return {
    env,
    get base() {
      return base();
    },
    ask,
    now: () => now,
    /** Moves the service's clock on, milliseconds. */
    pass: (ms: number) => (now += ms),
    async stop() {
      await service.stop();
      await rm(keysDir, { recursive: true });
    },
  };
}
export type TestIdentity = Awaited<ReturnType<typeof startTestIdentity>>;

export const codeOf = (answer: Answer<unknown>): string | undefined => answer.errors?.[0]?.extensions.code;

export interface Session {
  accessToken: string;
  refreshToken: string;
  user: { id: string; email: string | null; name: string | null; roles: string[] };
}
const session = '{ accessToken refreshToken user { id email name roles } }';

/** The operations of the API, as clients send them. */
export const operations = {
  register: `mutation Register($input: RegisterInput!) { register(input: $input) ${session} }`,
  login: `mutation Login($input: LoginInput!) { login(input: $input) ${session} }`,
  refresh: `mutation Refresh($token: String!) { refresh(refreshToken: $token) ${session} }`,
  logout: 'mutation Logout($token: String!) { logout(refreshToken: $token) }',
  me: '{ me { id email name roles } }',
  setRoles:
    'mutation SetRoles($userId: ID!, $roles: [Role!]!) { setRoles(userId: $userId, roles: $roles) { id roles } }',
  entities:
    'query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { id email name roles } } }',
};
