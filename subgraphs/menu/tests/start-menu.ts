import { ACTOR_HEADER, signActor, type Actor, type Environment } from '@brigade/service-kit';
import { startInstances } from '../../service-kit/tests/subgraph-harness.ts';
import { serverUrl, testNamespace } from '../../service-kit/tests/test-runtime.ts';
import { menu } from '../src/service.ts';

export interface Answer<T> {
  data: T;
  errors?: { message: string; extensions: { code: string } }[];
}

const someone = '01950000-0000-7000-8000-00000000abcd';
export const actors = {
  nobody: { kind: 'anonymous' },
  guest: { kind: 'user', userId: someone, roles: ['GUEST'] },
  staff: { kind: 'user', userId: someone, roles: ['STAFF'] },
  manager: { kind: 'user', userId: someone, roles: ['MANAGER'] },
  service: { kind: 'service', name: 'orders' },
} as const satisfies Record<string, Actor>;

/** The whole service on a free port with the demonstration menu, in databases and queues of its own. */
export async function startTestMenu() {
  const env: Environment = {
    BRIGADE_NAMESPACE: testNamespace(),
    MONGODB_URI: serverUrl('MONGODB_URI'),
    REDIS_URL: serverUrl('REDIS_URL'),
    AMQP_URL: serverUrl('AMQP_URL'),
    ACTOR_SECRET: 'a secret of tests, long enough for them',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MENU_PORT: '0',
  };
  await menu.migrate?.(env);
  await menu.seed?.(env);
  const service = await startInstances(menu, env);

  async function ask<T = Record<string, never>>(
    query: string,
    variables: Record<string, unknown> = {},
    actor: Actor = actors.nobody,
  ): Promise<Answer<T>> {
    const response = await fetch(`http://127.0.0.1:${service.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ACTOR_HEADER]: await signActor(actor, env.ACTOR_SECRET!) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }
  return { env, ask, stop: () => service.stop() };
}
export type TestMenu = Awaited<ReturnType<typeof startTestMenu>>;

export const codeOf = (answer: Answer<unknown>): string | undefined => answer.errors?.[0]?.extensions.code;
