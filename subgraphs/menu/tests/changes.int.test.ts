import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dishChanged, type Envelope } from '@brigade/schema';
import { demoCategories, demoDishes, demoIngredients } from '@brigade/schema/demo-data';
import { Broker, createLogger, type Actor } from '@brigade/service-kit';
import { eventually, serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { menu } from '../src/service.ts';
import { actors, codeOf, startTestMenu, type TestMenu } from './start-menu.ts';

const fields =
  '{ id revision name available price { amountMinor currency } category { id } attributes { name value } }';
interface Changed {
  id: string;
  revision: number;
  name: string;
  available: boolean;
  price: { amountMinor: number; currency: string };
}
const operations = {
  dish: `query ($id: ID!) { dish(id: $id) ${fields} }`,
  createDish: `mutation ($input: CreateDishInput!) { changed: createDish(input: $input) ${fields} }`,
  updateDish: `mutation ($id: ID!, $input: UpdateDishInput!, $expectedRevision: Int) { changed: updateDish(id: $id, input: $input, expectedRevision: $expectedRevision) ${fields} }`,
  setDishPrice: `mutation ($id: ID!, $price: MoneyInput!, $expectedRevision: Int) { changed: setDishPrice(id: $id, price: $price, expectedRevision: $expectedRevision) ${fields} }`,
  setDishAvailability: `mutation ($id: ID!, $available: Boolean!) { changed: setDishAvailability(id: $id, available: $available) ${fields} }`,
  createCategory: `mutation ($input: CreateCategoryInput!) { changed: createCategory(input: $input) { id name position } }`,
};

const newDish = {
  categoryId: demoCategories[0]!.id,
  name: 'Bruschetta',
  description: 'Toast with tomato and basil.',
  price: { amountMinor: 590, currency: 'EUR' },
  attributes: [{ name: 'origin', value: 'Italy' }],
  recipe: {
    ingredients: [{ ingredientId: demoIngredients[0]!.id, quantity: 60 }],
    steps: [{ name: 'Toast', station: 'GRIDDLE', targetCelsius: 200, durationSeconds: 120 }],
  },
};

describe('changing the menu', () => {
  let service: TestMenu;
  let broker: Broker;
  let consumer: ReturnType<Broker['connection']['createConsumer']>;
  const heard: Envelope<{ dishId: string; revision: number }>[] = [];

  beforeAll(async () => {
    service = await startTestMenu();
    broker = await Broker.open({
      url: serverUrl('AMQP_URL'),
      namespace: service.env.BRIGADE_NAMESPACE!,
      connectionName: 'test',
      log: createLogger('test', 'silent'),
    });
    consumer = broker.connection.createConsumer(
      {
        queueOptions: { exclusive: true },
        queueBindings: [{ exchange: broker.topology.events, routingKey: dishChanged.name }],
        noAck: true,
      },
      (message) => {
        heard.push(message.body as (typeof heard)[number]);
      },
    );
    await once(consumer, 'ready');
  });
  afterAll(async () => {
    await consumer.close();
    await broker.close();
    await service.stop();
  });

  const change = (operation: keyof typeof operations, variables: object, actor: Actor = actors.manager) =>
    service.ask<{ changed: Changed }>(operations[operation], { ...variables }, actor);
  const read = async (id: string) => (await service.ask<{ dish: Changed }>(operations.dish, { id })).data.dish;
  const messagesOf = (id: string) => heard.filter(({ subject }) => subject === id);
  const create = async (name: string) => (await change('createDish', { input: { ...newDish, name } })).data.changed;
  const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });

  test('a manager adds a dish, and others hear the whole of it', async () => {
    const dish = await create('Bruschetta');
    expect(dish).toMatchObject({ revision: 1, available: true, price: newDish.price, attributes: newDish.attributes });
    const message = await eventually(() => messagesOf(dish.id)[0]);
    expect(message.payload).toEqual({
      dishId: dish.id,
      revision: 1,
      name: 'Bruschetta',
      price: newDish.price,
      available: true,
      recipe: newDish.recipe,
    });
  });

  test('each change is the next revision, and its message comes after the one before', async () => {
    const { id } = await create('Panzanella');
    const update = { name: 'Panzanella toscana', attributes: [{ name: 'origin', value: 'Tuscany' }], categoryId: null };
    expect((await change('updateDish', { id, input: update })).data.changed).toMatchObject({
      revision: 2,
      name: 'Panzanella toscana',
      attributes: update.attributes,
      category: { id: newDish.categoryId },
    });
    expect((await change('setDishPrice', { id, price: eur(650) })).data.changed).toMatchObject({
      revision: 3,
      price: eur(650),
    });
    expect((await change('setDishAvailability', { id, available: false }, actors.staff)).data.changed).toMatchObject({
      revision: 4,
      available: false,
    });
    await eventually(() => messagesOf(id).length === 4);
    expect(messagesOf(id).map(({ payload }) => payload.revision)).toEqual([1, 2, 3, 4]);
  });

  test('what is so already is no change', async () => {
    const { id } = await create('Ribollita');
    expect((await change('setDishAvailability', { id, available: true })).data.changed.revision).toBe(1);
    expect((await change('updateDish', { id, input: {} })).data.changed.revision).toBe(1);
  });

  test('a guest sees a change within 1 s, in the dish, the list and the search', async () => {
    const { id } = await create('Minestrone');
    const cheapest = async () =>
      (
        await service.ask<{ dishes: { edges: { node: { id: string; price: { amountMinor: number } } }[] } }>(
          '{ dishes(first: 100, filter: { search: "minestrone" }) { edges { node { id price { amountMinor } } } } }',
        )
      ).data.dishes.edges[0]?.node.price.amountMinor;
    await eventually(async () => (await cheapest()) === 590, 1_000);
    for (const amountMinor of [600, 610, 620]) {
      // Read before, so that the old state is in the cache.
      await Promise.all([read(id), cheapest()]);
      await change('setDishPrice', { id, price: eur(amountMinor) });
      await eventually(
        async () => (await read(id)).price.amountMinor === amountMinor && (await cheapest()) === amountMinor,
        1_000,
      );
    }
  });

  test('when two change the same revision, then one is told to look again', async () => {
    const { id } = await create('Caponata');
    const answers = await Promise.all(
      [700, 710].map((amountMinor) => change('setDishPrice', { id, price: eur(amountMinor), expectedRevision: 1 })),
    );
    expect(answers.filter((answer) => !answer.errors)).toHaveLength(1);
    expect(answers.map(codeOf)).toContain('CONFLICT');
  });

  test('when many change a dish at once without expecting a revision, then none is lost', async () => {
    const { id } = await create('Focaccia');
    const answers = await Promise.all(
      [1, 2, 3, 4].map((extra) => change('setDishPrice', { id, price: eur(800 + extra) })),
    );
    expect(answers.map(codeOf)).toEqual([undefined, undefined, undefined, undefined]);
    await eventually(() => messagesOf(id).length === 5);
    expect(messagesOf(id).map(({ payload }) => payload.revision)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a manager adds a category after the last, each name once', async () => {
    const input = { name: 'Drinks', description: 'To go with it.' };
    expect((await change('createCategory', { input })).data.changed).toMatchObject({ name: 'Drinks', position: 7 });
    expect(codeOf(await change('createCategory', { input }))).toBe('BAD_USER_INPUT');
    const [...race] = await Promise.all(
      [1, 2].map(() => change('createCategory', { input: { ...input, name: 'Specials' } })),
    );
    expect(race.map(codeOf)).toContain(undefined);
    expect(race.map(codeOf)).toContain('BAD_USER_INPUT');
  });

  const { id } = demoDishes[0]!;
  const changes: [keyof typeof operations, object, boolean][] = [
    ['createDish', { input: newDish }, false],
    ['updateDish', { id, input: { name: 'Mine' } }, false],
    ['setDishPrice', { id, price: eur(1) }, false],
    ['createCategory', { input: { name: 'Mine', description: 'All mine.' } }, false],
    ['setDishAvailability', { id, available: true }, true],
  ];
  test.each(changes)('%s is not for everyone', async (operation, variables, staffMay) => {
    const codes = await Promise.all(
      [actors.nobody, actors.guest, actors.service, actors.staff].map(async (actor) =>
        codeOf(await change(operation, variables, actor)),
      ),
    );
    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'UNAUTHENTICATED', staffMay ? undefined : 'FORBIDDEN']);
    expect((await read(id)).revision).toBe(1);
  });

  const unknown = '01950000-0000-7000-8000-00000000ffff';
  test.each<[string, keyof typeof operations, object, string]>([
    ['a negative price', 'setDishPrice', { id, price: eur(-1) }, 'BAD_USER_INPUT'],
    ['half a cent', 'setDishPrice', { id, price: { amountMinor: 0.5, currency: 'EUR' } }, 'BAD_USER_INPUT'],
    ['a dish that is none', 'setDishPrice', { id: unknown, price: eur(1) }, 'NOT_FOUND'],
    ['an id that is none', 'setDishPrice', { id: 'soup', price: eur(1) }, 'BAD_USER_INPUT'],
    ['an object for an id', 'setDishPrice', { id: { $gt: '' }, price: eur(1) }, 'BAD_USER_INPUT'],
    ['a category that is none', 'createDish', { input: { ...newDish, categoryId: unknown } }, 'BAD_USER_INPUT'],
    ['an empty name', 'createDish', { input: { ...newDish, name: ' ' } }, 'BAD_USER_INPUT'],
    ['no steps', 'createDish', { input: { ...newDish, recipe: { ...newDish.recipe, steps: [] } } }, 'BAD_USER_INPUT'],
    [
      'an attribute with a $',
      'createDish',
      { input: { ...newDish, attributes: [{ name: '$set', value: 'x' }] } },
      'BAD_USER_INPUT',
    ],
    [
      'an attribute twice',
      'updateDish',
      {
        id,
        input: {
          attributes: [
            { name: 'a', value: 'x' },
            { name: 'a', value: 'y' },
          ],
        },
      },
      'BAD_USER_INPUT',
    ],
    ['a revision that has passed', 'updateDish', { id, input: { name: 'Soup' }, expectedRevision: 7 }, 'CONFLICT'],
  ])('%s is refused, and nothing changes', async (_what, operation, variables, code) => {
    expect(codeOf(await change(operation, variables))).toBe(code);
    expect((await read(id)).revision).toBe(1);
  });

  test('others hear of every dish that the seed makes, once', async () => {
    const other = { ...service.env, BRIGADE_NAMESPACE: `${service.env.BRIGADE_NAMESPACE}x` };
    await menu.migrate?.(other);
    await menu.seed?.(other);
    await menu.seed?.(other);
    const elsewhere = await menu.start(other);
    try {
      const metrics = async () => (await fetch(`http://127.0.0.1:${elsewhere.port}/metrics`)).text();
      const published = async () =>
        /messages_published_total\{[^}]*menu\.dish-changed\.v1[^}]*\} (?<count>\d+)/.exec(await metrics())?.groups
          ?.count;
      await eventually(async () => (await published()) === String(demoDishes.length));
    } finally {
      await elsewhere.stop();
    }
  });
});
