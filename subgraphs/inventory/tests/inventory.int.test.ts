import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  dishChanged,
  orderCancelled,
  orderCompleted,
  orderFailed,
  orderPlaced,
  paymentCaptured,
  paymentDeclined,
  reservationExpired,
  stockLow,
  stockRejected,
  stockReleased,
  stockReserved,
  type RecipeIngredient,
} from '@brigade/schema';
import { demoIngredients } from '@brigade/schema/demo-data';
import type { Service } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import {
  Others,
  anonymous,
  ask,
  guest,
  startForTest,
  testEnvironment,
  withRole,
} from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { inventory } from '../src/index.ts';

const staff = withRole(uuidv7(), 'STAFF');
const scarce = demoIngredients.toSorted((a, b) => a.initialStock - b.initialStock)[0];
const plenty = demoIngredients.toSorted((a, b) => b.initialStock - a.initialStock)[0];

describe('inventory', () => {
  let service: Service;
  let others: Others;
  const env = testEnvironment('inventory', { RESERVATION_TTL: '900', MENU_URL: 'http://127.0.0.1:1/graphql' });

  beforeAll(async () => {
    service = await startForTest(inventory, env);
    others = await Others.join(env);
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
  });

  let revision = 0;
  const dish = async (...ingredients: RecipeIngredient[]) => {
    const dishId = uuidv7();
    const recipe = { ...dishChanged.example.recipe, ingredients };
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId, revision: (revision += 1), recipe });
    await eventually(async () => (await portions(dishId)) !== null);
    return dishId;
  };
  const portions = async (dishId: string) => {
    const { data } = await ask<{ _entities: { availablePortions: number | null }[] }>(
      service,
      env,
      anonymous,
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Dish { availablePortions } } }',
      { r: [{ __typename: 'Dish', id: dishId }] },
    );
    return data?._entities[0]?.availablePortions ?? null;
  };
  const place = async (dishId: string, quantity = 1, orderId = uuidv7()) => {
    const line = { ...orderPlaced.example.lines[0], lineId: uuidv7(), dishId, quantity } as never;
    await others.say(orderPlaced, orderId, { ...orderPlaced.example, orderId, lines: [line] });
    return orderId;
  };
  const levelOf = async (id: string) => {
    const { data } = await ask<{ ingredient: { level: { onHand: number; reserved: number; consumed: number } } }>(
      service,
      env,
      staff,
      'query($id: ID!) { ingredient(id: $id) { level { onHand reserved consumed } } }',
      { id },
    );
    return data?.ingredient.level ?? { onHand: NaN, reserved: NaN, consumed: NaN };
  };
  const cancel = (orderId: string) =>
    others.say(orderCancelled, orderId, { orderId, cancelledBy: uuidv7(), reason: 'test' });
  const capture = (orderId: string) => others.say(paymentCaptured, orderId, { ...paymentCaptured.example, orderId });

  test('reserves what an order takes, and consumes it when the order is handed over', async () => {
    const id = plenty?.id ?? '';
    const dishId = await dish({ ingredientId: id, quantity: 10 });
    const before = await levelOf(id);
    const orderId = await place(dishId, 3);
    await others.hear(stockReserved, orderId);
    expect(await levelOf(id)).toEqual({ ...before, onHand: before.onHand - 30, reserved: before.reserved + 30 });
    await capture(orderId);
    await others.say(orderCompleted, orderId, { orderId, completedBy: 'system' });
    await eventually(async () => (await levelOf(id)).consumed === before.consumed + 30);
    expect(await levelOf(id)).toEqual({
      onHand: before.onHand - 30,
      reserved: before.reserved,
      consumed: before.consumed + 30,
    });
  });

  test('gives back what was reserved when the card is declined, once', async () => {
    const id = plenty?.id ?? '';
    const before = await levelOf(id);
    const orderId = await place(await dish({ ingredientId: id, quantity: 10 }), 2);
    await others.hear(stockReserved, orderId);
    await others.say(paymentDeclined, orderId, { ...paymentDeclined.example, orderId });
    await cancel(orderId);
    expect((await others.hear(stockReleased, orderId)).payload.reason).toBe('COMPENSATED');
    await others.settled('inventory');
    expect(await levelOf(id)).toEqual(before);
    expect(others.all(stockReleased, orderId)).toHaveLength(1);
  });

  test('an order that was called off before it was heard of reserves nothing', async () => {
    const id = plenty?.id ?? '';
    const dishId = await dish({ ingredientId: id, quantity: 10 });
    const before = await levelOf(id);
    const orderId = uuidv7();
    await cancel(orderId);
    await others.settled('inventory');
    await place(dishId, 1, orderId);
    const marker = await place(dishId, 1);
    await others.hear(stockReserved, marker);
    await cancel(marker);
    await others.hear(stockReleased, marker);
    expect(await levelOf(id)).toEqual(before);
    expect(others.all(stockReserved, orderId)).toEqual([]);
  });

  test('all or nothing: one short ingredient refuses the whole order and names what is short', async () => {
    const plentyBefore = await levelOf(plenty?.id ?? '');
    const scarceLevel = await levelOf(scarce?.id ?? '');
    const dishId = await dish(
      { ingredientId: plenty?.id ?? '', quantity: 1 },
      { ingredientId: scarce?.id ?? '', quantity: scarceLevel.onHand + 1 },
    );
    const orderId = await place(dishId);
    const { payload } = await others.hear(stockRejected, orderId);
    expect(payload).toMatchObject({
      reason: 'OUT_OF_STOCK',
      shortages: [{ ingredientId: scarce?.id, available: scarceLevel.onHand }],
    });
    expect(await levelOf(plenty?.id ?? '')).toEqual(plentyBefore);
  });

  test('many buyers at once: exactly as many are served as the stock allows', async () => {
    const id = scarce?.id ?? '';
    const { onHand } = await levelOf(id);
    const each = Math.max(1, Math.floor(onHand / 5));
    const dishId = await dish({ ingredientId: id, quantity: each });
    const possible = Math.floor(onHand / each);
    expect(await portions(dishId)).toBe(possible);
    const orderIds = await Promise.all(Array.from({ length: possible * 4 }, () => place(dishId)));
    await eventually(() =>
      orderIds.every(
        (orderId) => others.all(stockReserved, orderId).length + others.all(stockRejected, orderId).length === 1,
      ),
    );
    expect(orderIds.filter((orderId) => others.all(stockReserved, orderId).length === 1)).toHaveLength(possible);
    expect((await levelOf(id)).onHand).toBe(onHand - possible * each);
    await eventually(() => others.all(stockLow, id).length === 1);
    await eventually(async () => (await portions(dishId)) === 0);
    for (const orderId of orderIds) await cancel(orderId);
    await eventually(async () => (await levelOf(id)).onHand === onHand);
  });

  test('staff restock; guests may not, and do not see levels', async () => {
    const id = scarce?.id ?? '';
    const before = await levelOf(id);
    const restock = (quantity: number, actor = staff) =>
      ask<{ restock: { ingredient: { level: { onHand: number } } } }>(
        service,
        env,
        actor,
        'mutation($id: ID!, $quantity: Int!) { restock(ingredientId: $id, quantity: $quantity) { ingredient { level { onHand } } } }',
        { id, quantity },
      );
    expect((await restock(5)).data?.restock.ingredient.level.onHand).toBe(before.onHand + 5);
    expect((await restock(0)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await restock(5, guest(uuidv7()))).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await restock(5, anonymous)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const asked = await ask<{ ingredient: { level: null } }>(
      service,
      env,
      guest(uuidv7()),
      'query($id: ID!) { ingredient(id: $id) { level { onHand } } }',
      { id },
    );
    expect(asked.data?.ingredient.level).toBeNull();
  });

  test('what is low is listed and told of, also after a release had lifted it above its threshold', async () => {
    const few = demoIngredients.find(
      ({ id: other, initialStock }) => initialStock < 1_000_000 && ![scarce?.id, plenty?.id].includes(other),
    );
    const id = few?.id ?? '';
    const { ingredient } = (
      await ask<{ ingredient: { level: { onHand: number; lowThreshold: number } } }>(
        service,
        env,
        staff,
        'query($id: ID!) { ingredient(id: $id) { level { onHand lowThreshold } } }',
        { id },
      )
    ).data ?? { ingredient: { level: { onHand: NaN, lowThreshold: NaN } } };
    const low = async () =>
      (
        await ask<{ ingredients: { edges: { node: { id: string } }[] } }>(
          service,
          env,
          staff,
          '{ ingredients(lowOnly: true) { edges { node { id } } } }',
        )
      ).data?.ingredients.edges.some(({ node }) => node.id === id);
    const { onHand, lowThreshold } = ingredient.level;
    const dishId = await dish({ ingredientId: id, quantity: Math.ceil((onHand - lowThreshold) / 20) });
    for (const times of [1, 2]) {
      expect(await low()).toBe(false);
      const orderId = await place(dishId, 20);
      await eventually(() => others.all(stockLow, id).length === times);
      expect(await low()).toBe(true);
      await cancel(orderId);
      await others.hear(stockReleased, orderId);
    }
    expect(await low()).toBe(false);
  });

  test('more than 32 bits of an ingredient are counted and shown', async () => {
    const id = plenty?.id ?? '';
    const dishId = await dish({ ingredientId: id, quantity: 1 });
    const { onHand } = await levelOf(id);
    for (let times = 0; times < 3; times += 1) {
      await ask(
        service,
        env,
        staff,
        'mutation($id: ID!) { restock(ingredientId: $id, quantity: 1000000000) { ingredient { id } } }',
        { id },
      );
    }
    expect((await levelOf(id)).onHand).toBe(onHand + 3_000_000_000);
    await eventually(async () => (await portions(dishId)) === 2 ** 31 - 1);
  });

  test('an id that is none is nothing, and spoils nothing beside it', async () => {
    const { data, errors } = await ask<{ _entities: unknown[] }>(
      service,
      env,
      staff,
      `query($r: [_Any!]!) { _entities(representations: $r) {
        ... on Ingredient { name } ... on Dish { availablePortions } } }`,
      {
        r: [
          { __typename: 'Ingredient', id: 'nonsense' },
          { __typename: 'Ingredient', id: plenty?.id },
          { __typename: 'Dish', id: 'nonsense' },
        ],
      },
    );
    expect(errors).toEqual([]);
    expect(data?._entities).toEqual([null, { name: plenty?.name }, { availablePortions: null }]);
  });

  test('a list of ingredients by pages', async () => {
    const query =
      'query($after: String) { ingredients(first: 25, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }';
    interface Listed {
      ingredients: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const first = await ask<Listed>(service, env, staff, query);
    const second = await ask<Listed>(service, env, staff, query, { after: first.data?.ingredients.pageInfo.endCursor });
    const names = [first, second].flatMap(({ data }) => data?.ingredients.edges.map(({ node }) => node.name) ?? []);
    expect(first.data?.ingredients.pageInfo.hasNextPage).toBe(true);
    expect(new Set(names).size).toBe(demoIngredients.length);
    expect((await ask(service, env, staff, query, { after: 'nonsense' })).errors[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('a request without the signed actor is answered 401', async () => {
    const response = await fetch(`http://127.0.0.1:${service.port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-brigade-actor': 'e30.e30.e30' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  });
});

describe('a reservation that nobody pays for', () => {
  test('is told of when its time is up, and given back, once, when the order is off', async () => {
    const env = testEnvironment('inventory', { RESERVATION_TTL: '0.2' });
    const service = await startForTest(inventory, env);
    const others = await Others.join(env);
    const dishId = uuidv7();
    const recipe = { ...dishChanged.example.recipe, ingredients: [{ ingredientId: plenty?.id ?? '', quantity: 1 }] };
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId, recipe });
    await others.settled('inventory');
    const orderId = uuidv7();
    await others.say(orderPlaced, orderId, {
      ...orderPlaced.example,
      orderId,
      lines: [{ ...orderPlaced.example.lines[0], dishId } as never],
    });
    await others.hear(reservationExpired, orderId);
    expect(others.all(stockReleased, orderId)).toEqual([]);
    const failed = await others.say(orderFailed, orderId, { orderId, reason: 'RESERVATION_EXPIRED' });
    await others.repeat(failed);
    await others.say(orderCancelled, orderId, { orderId, cancelledBy: uuidv7(), reason: 'also' });
    expect((await others.hear(stockReleased, orderId)).payload.reason).toBe('EXPIRED');
    await others.settled('inventory');
    expect(others.all(reservationExpired, orderId)).toHaveLength(1);
    expect(others.all(stockReleased, orderId)).toHaveLength(1);
    await others.leave();
    await service.stop();
  });
});
