import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { userRegistered, type Envelope } from '@brigade/schema';
import { Broker, createLogger, type Actor } from '@brigade/service-kit';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { demoAccounts } from '../src/seed/seed-accounts.ts';
import { identity } from '../src/service.ts';
import { codeOf, operations, startTestIdentity, type Session, type TestIdentity } from './start-identity.ts';

describe('accounts', () => {
  let service: TestIdentity;
  let broker: Broker;
  let consumer: ReturnType<Broker['connection']['createConsumer']>;
  const heard: Envelope[] = [];

  beforeAll(async () => {
    service = await startTestIdentity();
    broker = await Broker.open({
      url: serverUrl('AMQP_URL'),
      namespace: service.env.BRIGADE_NAMESPACE!,
      connectionName: 'test',
      log: createLogger('test', 'silent'),
    });
    consumer = broker.connection.createConsumer(
      {
        queueOptions: { exclusive: true },
        queueBindings: [{ exchange: broker.topology.events, routingKey: userRegistered.name }],
        noAck: true,
      },
      (message) => {
        heard.push(message.body as Envelope);
      },
    );
    await once(consumer, 'ready');
  });
  afterAll(async () => {
    await consumer.close();
    await broker.close();
    await service.stop();
  });

  const register = (input: Record<string, unknown>) =>
    service.ask<{ register: Session }>(operations.register, { input });
  const login = (email: string, password: string) =>
    service.ask<{ login: Session }>(operations.login, { input: { email, password } });
  const as = (userId: string, ...roles: Extract<Actor, { kind: 'user' }>['roles']): Actor => ({
    kind: 'user',
    userId,
    roles,
  });

  test('a guest registers, and others hear of it', async () => {
    const { data } = await register({ email: '  Ada@Example.org ', password: 'correct horse', name: ' Ada ' });
    const { user } = data.register;
    expect(user).toMatchObject({ email: 'ada@example.org', name: 'Ada', roles: ['GUEST'] });
    const message = await eventually(() => heard.find(({ subject }) => subject === user.id));
    expect(message.payload).toEqual({ userId: user.id, name: 'Ada', roles: ['GUEST'] });
  });

  test('an address has one account, however it is spelt, also when two register at once', async () => {
    await register({ email: 'twice@example.org', password: 'correct horse', name: 'First' });
    const again = await register({ email: 'TWICE@example.org', password: 'another horse', name: 'Second' });
    expect(codeOf(again)).toBe('EMAIL_TAKEN');
    const race = await Promise.all(
      ['One', 'Two', 'Three'].map((name) => register({ email: 'race@example.org', password: 'correct horse', name })),
    );
    expect(race.map(codeOf).filter((code) => code === undefined)).toHaveLength(1);
    expect(race.map(codeOf).filter((code) => code === 'EMAIL_TAKEN')).toHaveLength(2);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an address without @', { email: 'ada', password: 'correct horse', name: 'Ada' }],
    ['a password of 7 characters', { email: 'short@example.org', password: '1234567', name: 'Ada' }],
    ['a password of 129 characters', { email: 'long@example.org', password: 'x'.repeat(129), name: 'Ada' }],
    ['an empty name', { email: 'nameless@example.org', password: 'correct horse', name: '  ' }],
    ['an object for a password', { email: 'object@example.org', password: { $ne: '' }, name: 'Ada' }],
    [
      'roles that one gives oneself',
      { email: 'r@example.org', password: 'correct horse', name: 'R', roles: ['ADMIN'] },
    ],
  ])('%s is refused, and no account is made', async (_what, input) => {
    expect(codeOf(await register(input))).toBe('BAD_USER_INPUT');
    expect(codeOf(await login(String(input.email), String(input.password).slice(0, 128)))).toBe('UNAUTHENTICATED');
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    await register({ email: 'grace@example.org', password: 'correct horse', name: 'Grace' });
    const wrong = await login('grace@example.org', 'wrong horse');
    const unknown = await login('nobody@example.org', 'wrong horse');
    expect(codeOf(wrong)).toBe('UNAUTHENTICATED');
    expect(unknown.errors?.[0]).toMatchObject({
      message: wrong.errors?.[0]?.message,
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect((await login(' GRACE@example.org', 'correct horse')).data.login.user.name).toBe('Grace');
  });

  test('me is who asks, and null when nobody is logged in', async () => {
    const { data } = await register({ email: 'me@example.org', password: 'correct horse', name: 'Me' });
    const { user } = data.register;
    expect((await service.ask(operations.me, {}, as(user.id, 'GUEST'))).data).toEqual({ me: user });
    expect((await service.ask(operations.me)).data).toEqual({ me: null });
  });

  test('as an entity a person shows address and name to themselves and to staff only', async () => {
    const { data } = await register({ email: 'entity@example.org', password: 'correct horse', name: 'Entity' });
    const { user } = data.register;
    const stranger = '01950000-0000-7000-8000-00000000abcd';
    const look = async (actor: Actor) =>
      (
        await service.ask<{ _entities: unknown[] }>(
          operations.entities,
          { representations: [user.id, stranger, 'not-an-id'].map((id) => ({ __typename: 'User', id })) },
          actor,
        )
      ).data._entities;
    expect(await look(as(user.id, 'GUEST'))).toEqual([user, null, null]);
    expect(await look(as(stranger, 'STAFF'))).toEqual([user, null, null]);
    const bare = { id: user.id, email: null, name: null, roles: [] };
    expect(await look(as(stranger, 'GUEST'))).toEqual([bare, null, null]);
  });

  test('an admin, and nobody else, gives roles; they count from the next login', async () => {
    const { data } = await register({ email: 'cook@example.org', password: 'correct horse', name: 'Cook' });
    const { id } = data.register.user;
    const set = (actor: Actor, roles: string[], userId = id) =>
      service.ask<{ setRoles: unknown }>(operations.setRoles, { userId, roles }, actor);
    const admin = as('01950000-0000-7000-8000-00000000abcd', 'ADMIN');
    expect(codeOf(await set({ kind: 'anonymous' }, ['ADMIN']))).toBe('UNAUTHENTICATED');
    expect(codeOf(await set(as(id, 'GUEST'), ['ADMIN']))).toBe('FORBIDDEN');
    expect(codeOf(await set(as(id, 'STAFF', 'MANAGER'), ['ADMIN']))).toBe('FORBIDDEN');
    expect(codeOf(await set(admin, []))).toBe('BAD_USER_INPUT');
    expect(codeOf(await set(admin, ['EMPEROR']))).toBe('BAD_USER_INPUT');
    expect(codeOf(await set(admin, ['STAFF'], '01950000-0000-7000-8000-00000000ffff'))).toBe('NOT_FOUND');
    expect((await set(admin, ['STAFF', 'GUEST', 'STAFF'])).data.setRoles).toEqual({ id, roles: ['STAFF', 'GUEST'] });
    expect((await login('cook@example.org', 'correct horse')).data.login.user.roles).toEqual(['STAFF', 'GUEST']);
  });

  test('the seed makes one account of each role, and seeding again changes nothing', async () => {
    await identity.seed?.(service.env);
    await identity.seed?.({ ...service.env, DEMO_PASSWORD: 'another password' });
    for (const { id, email, name, role } of demoAccounts) {
      const { data } = await login(email, 'brigade-demo');
      expect(data.login.user).toEqual({ id, email, name, roles: [role] });
      await eventually(() => heard.some(({ subject }) => subject === id));
      expect(heard.filter(({ subject }) => subject === id)).toHaveLength(1);
    }
  });

  test('whoever is not the router gets 401', async () => {
    const response = await fetch(`${service.base}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: operations.me }),
    });
    expect(response.status).toBe(401);
  });
});
