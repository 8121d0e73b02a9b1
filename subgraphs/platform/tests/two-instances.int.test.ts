import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dishChanged } from '@brigade/schema';
import type { Service } from '@brigade/service-kit';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { platform } from '../src/index.ts';
import { DeadLetterWorld } from './dead-letter-world.ts';

let world: DeadLetterWorld;
let second: Service;
beforeAll(async () => {
  world = await DeadLetterWorld.open();
  await world.startPlatform();
  second = await platform.start(world.env);
});
afterAll(async () => {
  await second.stop();
  await world.close();
});

const all = (status: string, count: number) =>
  eventually(async () => {
    const letters = await world.letters('id status');
    return letters.length === count && letters.every((letter) => letter.status === status);
  });

test('two instances share the work: each letter is kept once, published once, and its effect happens once', async () => {
  world.behave = () => {
    throw new Error('the menu is away');
  };
  const messages = Array.from({ length: 90 }, () => world.message());
  await Promise.all(messages.map((message) => world.send(message)));
  await all('WAITING', messages.length);

  world.behave = () => {};
  await world.redrive({ messageName: dishChanged.name });
  await all('REDRIVEN', messages.length);
  await eventually(async () => (await world.settled('ok')) === messages.length);
  expect(await world.settled('duplicate')).toBe(0);
  for (const message of messages) expect(await world.effects(message)).toHaveLength(1);
  for (const { deaths, actions } of await world.letters())
    expect([deaths, ...actions.map(({ kind }) => kind)]).toEqual([1, 'DIED', 'REDRIVE_REQUESTED', 'REDRIVEN']);
});
