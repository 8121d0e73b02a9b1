import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dishChanged, paymentCaptured } from '@brigade/schema';
import { clearFailpoints, connectPostgres, createLogger, setFailpoint, createMessage } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { anonymous, guest, withRole } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { entities } from '../src/store/entities.ts';
import { DeadLetterWorld, type Letter } from './dead-letter-world.ts';

const ISO = /^\d{4}-\d\d-\d\dT/;
const LIST = `query($first: Int, $after: String, $consumer: String, $status: DeadLetterStatus = WAITING, $messageName: String) {
  deadLetters(first: $first, after: $after, consumer: $consumer, status: $status, messageName: $messageName) {
    edges { node { id messageId } } pageInfo { hasNextPage endCursor } } }`;
interface Listed {
  deadLetters: { edges: { node: Letter }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

describe('what dies is kept', () => {
  let world: DeadLetterWorld;
  beforeAll(async () => {
    // One after the other, so that what is kept proves that all before it is done with.
    world = await DeadLetterWorld.open({ CONSUMER_CONCURRENCY: '1' });
    await world.startPlatform();
  });
  afterAll(() => world.close());
  afterEach(() => {
    clearFailpoints();
    world.behave = () => {};
  });

  const bury = (
    consumer: string,
    body: unknown,
    headers: Record<string, string | number> = {},
    contentType?: string,
  ) => {
    const messageId = uuidv7();
    return world.broker.publishDead(consumer, messageId, body, headers, { contentType }).then(() => messageId);
  };

  test('a poisonous message, with everything that is known of it', async () => {
    const poison = world.message({ revision: 'not a number' });
    await world.send(poison);
    const letter = await world.letter(poison.id);
    expect(letter).toMatchObject({
      status: 'WAITING',
      consumer: 'menu',
      queue: `${world.env.BRIGADE_NAMESPACE}.menu`,
      messageName: dishChanged.name,
      subject: poison.subject,
      order: null,
      readable: true,
      contentType: null,
      reason: expect.stringContaining('breaks its contract'),
      stack: expect.stringContaining('PoisonMessage'),
      attempts: 1,
      deaths: 1,
      firstFailedAt: expect.stringMatching(ISO),
      lastFailedAt: expect.stringMatching(ISO),
      actions: [{ kind: 'DIED', who: 'menu', why: letter.reason, at: expect.stringMatching(ISO) }],
    });
    expect(JSON.parse(letter.body)).toEqual(poison);
    expect(JSON.parse(letter.payload ?? '')).toEqual(poison.payload);
    expect(await world.broker.depth(world.broker.topology.deadQueue('menu'))).toBe(0);
  });

  test('a message that failed to its last attempt', async () => {
    world.behave = () => {
      throw new TypeError('the oven is a lie');
    };
    const message = world.message();
    await world.send(message);
    const letter = await world.letter(message.id);
    expect(letter).toMatchObject({ reason: 'TypeError: the oven is a lie', attempts: 2, deaths: 1 });
    expect(Date.parse(letter.lastFailedAt ?? '')).toBeGreaterThan(Date.parse(letter.firstFailedAt ?? ''));
  });

  test('a message about an order leads to it', async () => {
    const { orderId } = paymentCaptured.example;
    const message = createMessage(paymentCaptured, orderId, paymentCaptured.example);
    const id = await bury('orders', message, { 'x-message-name': message.name });
    expect(await world.letter(id)).toMatchObject({ consumer: 'orders', subject: orderId, order: { id: orderId } });
  });

  test('what the broker itself put aside says so', async () => {
    const message = createMessage(paymentCaptured, uuidv7(), paymentCaptured.example);
    const queue = world.broker.topology.workQueue('inventory');
    await world.broker.publishToQueue(queue, { messageId: message.id, type: message.name }, message);
    const channel = await world.broker.connection.acquire();
    const delivery = await eventually(() => channel.basicGet(queue));
    channel.basicNack({ deliveryTag: delivery.deliveryTag, requeue: false });
    expect(await world.letter(message.id)).toMatchObject({
      consumer: 'inventory',
      queue,
      messageName: paymentCaptured.name,
      reason: `put aside by the broker: rejected in ${queue}`,
      stack: null,
      attempts: 1,
      lastFailedAt: expect.stringMatching(ISO),
    });
    await channel.close();
  });

  test.each<[string, unknown, string]>([
    ['bytes that are no JSON', Buffer.from([0x7b, 0x00, 0xff]), 'ewD/'],
    ['JSON that the database can not hold', { note: '\0' }, Buffer.from('{"note":"\\u0000"}').toString('base64')],
    [
      'JSON that is nested too deep',
      Buffer.from('['.repeat(20_000)),
      Buffer.from('['.repeat(20_000)).toString('base64'),
    ],
  ])('%s are kept byte by byte, and can be discarded', async (_title, body, base64) => {
    const id = await bury('kitchen', body, { 'x-message-name': 'device event' }, 'application/json');
    const letter = await world.letter(id);
    expect(letter).toMatchObject({
      readable: false,
      payload: null,
      body: base64,
      contentType: 'application/json',
      messageName: 'device event',
    });
    const refusals = [await world.redrive({ ids: [letter.id] }), await world.edit(letter.id, '{}')];
    for (const { errors } of refusals) expect(errors[0]?.extensions.code).toBe('DEAD_LETTER_UNREADABLE');
    await world.discard(letter.id, 'nobody can read it');
    expect(await world.find(letter.id)).toMatchObject({ status: 'DISCARDED' });
  });

  test('the same burial delivered twice counts once, another one of the same message counts', async () => {
    const headers = { 'x-last-failed-at': '2026-01-01T12:00:00.000Z', 'x-reason': 'first' };
    const again = { 'x-last-failed-at': '2026-01-01T13:00:00.000Z', 'x-reason': 'second' };
    const message = world.message();
    for (const one of [headers, headers, again, headers])
      await world.broker.publishDead('menu', message.id, message, one);
    await world.letter(await bury('menu', { after: 'them' }));
    const letter = await world.letter(message.id);
    expect(letter.deaths).toBe(2);
    expect(letter.actions.map(({ why }) => why)).toEqual(['first', 'second']);
  });

  test.each(['consumer.after-effect', 'consumer.after-commit', 'consumer.before-ack'] as const)(
    'is kept once when keeping it fails at %s',
    async (point) => {
      setFailpoint(point, { do: 'fail', message: 'the database is away' }, { service: 'platform', times: 3 });
      const letter = await world.letter(await bury('orders', { some: point }));
      await world.letter(await bury('orders', { after: point }));
      expect(await world.find(letter.id)).toMatchObject({ deaths: 1, actions: [{ kind: 'DIED' }] });
    },
  );

  test('the list is filtered and paged, newest first', async () => {
    const name = 'a.list-of-three.v1';
    const ids: string[] = [];
    for (const consumer of ['payments', 'kitchen', 'payments']) {
      const id = await bury(consumer, { of: 'three' }, { 'x-message-name': name });
      ids.unshift((await world.letter(id)).id);
    }
    const list = async (variables: object) =>
      (await world.ask<Listed>(LIST, { messageName: name, ...variables })).data?.deadLetters;
    const idsOf = (page?: Listed['deadLetters']) => page?.edges.map(({ node }) => node.id);

    expect(idsOf(await list({}))).toEqual(ids);
    expect(idsOf(await list({ consumer: 'payments' }))).toEqual([ids[0], ids[2]]);
    const first = await list({ first: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const rest = await list({ first: 2, after: first?.pageInfo.endCursor });
    expect([idsOf(rest), first?.pageInfo.hasNextPage, rest?.pageInfo.hasNextPage]).toEqual([[ids[2]], true, false]);

    await world.discard(ids[1] ?? '');
    expect(idsOf(await list({}))).toEqual([ids[0], ids[2]]);
    expect(idsOf(await list({ status: 'DISCARDED' }))).toEqual([ids[1]]);
    expect(idsOf(await list({ status: null }))).toEqual(ids);
    for (const nonsense of [{ first: 0 }, { after: 'x' }, { consumer: 'a\0' }, { messageName: '' }])
      expect((await world.ask(LIST, nonsense)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('guests and staff see and do nothing', async () => {
    const { id } = await world.letter(await bury('orders', {}));
    const input = `input: { id: "${id}", reason: "x"`;
    const operations = [
      '{ deadLetters { edges { node { id } } } }',
      `{ deadLetter(id: "${id}") { id } }`,
      `mutation { editDeadLetter(${input}, payload: "{}" }) { deadLetter { id } } }`,
      `mutation { discardDeadLetter(${input} }) { deadLetter { id } } }`,
      `mutation { redriveDeadLetters(input: { ids: ["${id}"], reason: "x" }) { deadLetters { id } } }`,
    ];
    for (const operation of operations) {
      for (const actor of [guest(uuidv7()), withRole(uuidv7(), 'STAFF')])
        expect((await world.ask(operation, {}, actor as never)).errors[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await world.ask(operation, {}, anonymous as never)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
    expect(await world.find(id)).toMatchObject({ status: 'WAITING' });
    const admin = withRole(uuidv7(), 'ADMIN');
    expect((await world.ask(operations[0] ?? '', {}, admin as never)).errors).toEqual([]);
  });

  test('the audit can not be rewritten', async () => {
    const orm = await connectPostgres({
      url: serverUrl('POSTGRES_URL'),
      database: `${world.env.BRIGADE_NAMESPACE}_platform`,
      entities,
      migrations: [],
      log: createLogger('test', 'silent'),
    });
    for (const statement of [
      "update dead_letter_actions set who = 'nobody'",
      'delete from dead_letter_actions',
      'truncate dead_letter_actions',
    ])
      await expect(orm.em.fork().execute(statement)).rejects.toThrow('append-only');
    await orm.close(true);
  });

  test('how many wait is a metric', async () => {
    await world.letter(await bury('payments', { counted: true }));
    const text = await (await fetch(`http://127.0.0.1:${world.service?.port}/metrics`)).text();
    const waiting = Object.fromEntries(
      [...text.matchAll(/dead_letters_waiting\{consumer="(\w+)",service="platform"\} (\d+)/g)].map((match) => [
        match[1],
        Number(match[2]),
      ]),
    );
    expect(Object.keys(waiting).toSorted()).toEqual(['inventory', 'kitchen', 'menu', 'orders', 'payments']);
    expect(waiting.payments).toBe(3);
  });
});
