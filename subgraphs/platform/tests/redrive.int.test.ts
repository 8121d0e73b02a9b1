import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dishChanged, type Envelope } from '@brigade/schema';
import { clearFailpoints, setFailpoint } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { DeadLetterWorld, type Letter } from './dead-letter-world.ts';

const kinds = ({ actions }: Letter) => actions.map(({ kind }) => kind);
const mended = JSON.stringify({ ...dishChanged.example, revision: 77 });

describe('what waits is mended and sent again', () => {
  let world: DeadLetterWorld;
  beforeAll(async () => {
    world = await DeadLetterWorld.open();
    await world.startPlatform();
  });
  afterAll(() => world.close());
  afterEach(() => {
    clearFailpoints();
    world.behave = () => {};
  });

  const poisoned = async (): Promise<{ message: Envelope; letter: Letter }> => {
    const message = world.message({ revision: 'not a number' });
    await world.send(message);
    return { message, letter: await world.letter(message.id) };
  };
  const redriven = (message: Envelope) => world.letter(message.id, ({ status }) => status === 'REDRIVEN');

  test('an edited message has its effect exactly once, and all of it is in the audit', async () => {
    const { message, letter } = await poisoned();
    const { data } = await world.edit(letter.id, mended, 'the revision was a word');
    expect(JSON.parse(data?.editDeadLetter.deadLetter.payload ?? '')).toEqual(JSON.parse(mended));
    expect((await world.redrive({ ids: [letter.id] })).data?.redriveDeadLetters.deadLetters).toMatchObject([
      { id: letter.id, status: 'REDRIVING' },
    ]);
    await eventually(async () => (await world.effects(message)).length > 0);
    const after = await redriven(message);
    expect(await world.effects(message)).toEqual([77]);

    const who = `user:${world.managerId}`;
    expect(after.actions).toMatchObject([
      { kind: 'DIED', who: 'menu', why: letter.reason, before: null },
      { kind: 'EDITED', who, why: 'the revision was a word' },
      { kind: 'REDRIVE_REQUESTED', who, why: 'mended' },
      { kind: 'REDRIVEN', who: 'platform' },
    ]);
    const [before, edited] = [after.actions[1]?.before, after.actions[1]?.after].map((text) => JSON.parse(text ?? ''));
    expect(before).toEqual(message);
    expect(edited).toEqual({ ...message, payload: JSON.parse(mended) });
  });

  test('an edit that breaks the contract is refused by the faults, and changes nothing', async () => {
    const { letter } = await poisoned();
    const broken = await world.edit(letter.id, JSON.stringify({ ...dishChanged.example, revision: 'x', name: 7 }));
    expect(broken.errors[0]?.extensions).toMatchObject({
      code: 'PAYLOAD_BREAKS_CONTRACT',
      messageName: dishChanged.name,
      faults: expect.arrayContaining([
        expect.objectContaining({ path: 'revision' }),
        expect.objectContaining({ path: 'name' }),
      ]),
    });
    expect((await world.edit(letter.id, '{ "half": ')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await world.edit(letter.id, mended, ' ')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await world.edit(uuidv7(), mended)).errors[0]?.extensions.code).toBe('NOT_FOUND');
    expect(await world.find(letter.id)).toEqual(letter);
  });

  test('given a message whose effect has happened, a redrive changes nothing', async () => {
    const message = world.message();
    await world.send(message);
    await eventually(async () => (await world.effects(message)).length === 1);
    await world.broker.publishDead('menu', message.id, message, { 'x-reason': 'it was slow' });
    const letter = await world.letter(message.id);
    const before = await world.settled('duplicate');
    await world.redrive({ ids: [letter.id] });
    await redriven(message);
    await eventually(async () => (await world.settled('duplicate')) > before);
    expect(await world.effects(message)).toHaveLength(1);
  });

  test('many are redriven by a filter; what can not be read stays', async () => {
    world.behave = () => {
      throw new Error('the menu is away');
    };
    const messages = [world.message(), world.message(), world.message()];
    for (const message of messages) await world.send(message);
    for (const message of messages) await world.letter(message.id);
    const unreadable = uuidv7();
    await world.broker.publishDead('menu', unreadable, Buffer.from('{'), { 'x-message-name': dishChanged.name });
    await world.letter(unreadable);

    world.behave = () => {};
    const { data } = await world.redrive({ consumer: 'menu', messageName: dishChanged.name });
    const redrivenIds = data?.redriveDeadLetters.deadLetters.map(({ messageId }) => messageId);
    expect(redrivenIds).toEqual(expect.arrayContaining(messages.map(({ id }) => id)));
    for (const message of messages) {
      await redriven(message);
      await eventually(async () => (await world.effects(message)).length === 1);
    }
    expect(await world.letter(unreadable)).toMatchObject({ status: 'WAITING' });
  });

  test('many by their ids: all or none', async () => {
    const [{ letter: one }, { letter: other }] = [await poisoned(), await poisoned()];
    await world.discard(other.id);
    const refused = await world.redrive({ ids: [one.id, other.id] });
    expect(refused.errors[0]?.extensions).toMatchObject({ code: 'DEAD_LETTER_NOT_WAITING', id: other.id });
    expect(await world.find(one.id)).toMatchObject({ status: 'WAITING' });
    for (const input of [{}, { ids: [] }, { ids: [one.id], consumer: 'menu' }, { ids: ['x'] }])
      expect((await world.redrive(input)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('one that dies again waits again, with the new reason', async () => {
    world.behave = () => {
      throw new Error('first');
    };
    const message = world.message();
    await world.send(message);
    const letter = await world.letter(message.id);
    world.behave = () => {
      throw new Error('second');
    };
    await world.redrive({ ids: [letter.id] });
    const again = await world.letter(message.id, ({ deaths }) => deaths === 2);
    expect(again).toMatchObject({ id: letter.id, status: 'WAITING', reason: 'Error: second', attempts: 2 });
    expect(kinds(again)).toEqual(['DIED', 'REDRIVE_REQUESTED', 'REDRIVEN', 'DIED']);
    // It begins anew: the attempts and the first failure are those of this life.
    expect(Date.parse(again.firstFailedAt ?? '')).toBeGreaterThan(Date.parse(letter.lastFailedAt ?? ''));
    world.behave = () => {};
    await world.redrive({ ids: [letter.id] });
    await eventually(async () => (await world.effects(message)).length === 1);
  });

  test('one is discarded with a reason, and nothing can be done to it then', async () => {
    const { message, letter } = await poisoned();
    await world.discard(letter.id, 'a drill');
    const discarded = await world.find(letter.id);
    expect(discarded).toMatchObject({ status: 'DISCARDED', actions: [{}, { kind: 'DISCARDED', why: 'a drill' }] });
    const refusals = [
      await world.discard(letter.id),
      await world.edit(letter.id, mended),
      await world.redrive({ ids: [letter.id] }),
    ];
    for (const { errors } of refusals)
      expect(errors[0]?.extensions).toMatchObject({ code: 'DEAD_LETTER_NOT_WAITING', status: 'DISCARDED' });
    expect(await world.find(letter.id)).toEqual(discarded);
    expect(await world.effects(message)).toEqual([]);
  });

  test.each(['outbox.after-confirm', 'outbox.after-mark'] as const)(
    'a crash between publishing and marking (%s) publishes it again, and its effect happens once',
    async (point) => {
      const { message, letter } = await poisoned();
      await world.edit(letter.id, mended);
      const before = await world.settled('duplicate');
      setFailpoint(point, { do: 'fail', message: 'crash' }, { service: 'platform', times: 1 });
      await world.redrive({ ids: [letter.id] });
      const after = await redriven(message);
      await eventually(async () => (await world.settled('duplicate')) === before + 1);
      expect(await world.effects(message)).toEqual([77]);
      expect(kinds(after)).toEqual(['DIED', 'EDITED', 'REDRIVE_REQUESTED', 'REDRIVEN']);
    },
  );

  test('what is redriven is as it first was: id, type and body, to the queue where it died, without traces', async () => {
    const queue = `${world.env.BRIGADE_NAMESPACE}.of.a.device`;
    await world.broker.connection.queueDeclare({ queue, durable: true, arguments: { 'x-queue-type': 'quorum' } });
    const headers = { 'x-message-name': 'device event', 'x-attempts': 5, 'x-reason': 'no', 'x-last-failed-at': 'now' };
    const id = uuidv7();
    await world.broker.publishDead('kitchen', id, { eventId: id }, headers, { queue });
    await world.redrive({ ids: [(await world.letter(id)).id] });
    const delivery = await eventually(() => world.broker.connection.basicGet({ queue, noAck: true }));
    expect(delivery).toMatchObject({ messageId: id, type: 'device event', body: { eventId: id }, durable: true });
    const given = Object.keys(delivery.headers ?? {});
    expect(given.filter((header) => header !== 'x-delivery-count')).toEqual([]); // that one is the broker's
  });

  test('a redrive whose queue is gone waits again, and says so', async () => {
    const message = world.message();
    await world.broker.publishDead('menu', message.id, message, {}, { queue: 'a.queue.that.is.gone' });
    const letter = await world.letter(message.id);
    await world.redrive({ ids: [letter.id] });
    const returned = await world.letter(
      message.id,
      ({ status, actions }) => status === 'WAITING' && actions.length > 1,
    );
    expect(returned.actions).toMatchObject([
      { kind: 'DIED' },
      { kind: 'REDRIVE_REQUESTED' },
      { kind: 'RETURNED', why: 'there is no queue a.queue.that.is.gone' },
    ]);
  });
});
