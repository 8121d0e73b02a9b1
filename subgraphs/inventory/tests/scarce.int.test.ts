import { expect, test } from '@jest/globals';
import {
  dishChanged,
  orderCompleted,
  orderFailed,
  orderPlaced,
  paymentCaptured,
  stockRejected,
  stockReserved,
} from '@brigade/schema';
import { demoIngredients } from '@brigade/schema/demo-data';
import { v7 as uuidv7 } from 'uuid';
import { Others, ask, startForTest, testEnvironment, withRole } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { inventory } from '../src/index.ts';

const BUYERS = 500;
const PORTIONS = 50;

test(`${BUYERS} buyers for ${PORTIONS} portions, at two instances: exactly ${PORTIONS} are sold, and the stock is exact`, async () => {
  const env = testEnvironment('inventory', { MENU_URL: 'http://127.0.0.1:1/graphql' });
  const service = await startForTest(inventory, env, 2);
  const others = await Others.join(env);
  try {
    const byStock = demoIngredients.toSorted((a, b) => a.initialStock - b.initialStock);
    const [few, common] = [byStock.at(0), byStock.at(-1)];
    const id = few?.id ?? '';
    const levelOf = async (of: string) => {
      const { data } = await ask<{ ingredient: { level: { onHand: number; reserved: number; consumed: number } } }>(
        service,
        env,
        withRole(uuidv7(), 'STAFF'),
        'query($id: ID!) { ingredient(id: $id) { level { onHand reserved consumed } } }',
        { id: of },
      );
      return data?.ingredient.level;
    };
    // Restocked so that it makes exactly fifty portions.
    const stock = few?.initialStock ?? 0;
    const each = Math.ceil(stock / PORTIONS) + 1;
    await ask(
      service,
      env,
      withRole(uuidv7(), 'STAFF'),
      'mutation($id: ID!, $quantity: Int!) { restock(ingredientId: $id, quantity: $quantity) { ingredient { id } } }',
      { id, quantity: each * PORTIONS - stock },
    );
    const ingredients = [
      { ingredientId: id, quantity: each },
      { ingredientId: common?.id ?? '', quantity: 1 },
    ];
    const dishId = uuidv7();
    const recipe = { ...dishChanged.example.recipe, ingredients };
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId, recipe });
    await others.settled('inventory');

    const orderIds = Array.from({ length: BUYERS }, () => uuidv7());
    const line = { ...orderPlaced.example.lines[0], dishId, quantity: 1 } as (typeof orderPlaced.example.lines)[number];
    const place = (orderId: string) =>
      others.say(orderPlaced, orderId, { ...orderPlaced.example, orderId, lines: [line] });
    await Promise.all(orderIds.map(place));
    const answered = (orderId: string) =>
      others.all(stockReserved, orderId).length + others.all(stockRejected, orderId).length;
    await eventually(() => orderIds.every((orderId) => answered(orderId) === 1), 60_000);
    const sold = orderIds.filter((orderId) => others.all(stockReserved, orderId).length === 1);
    expect(sold).toHaveLength(PORTIONS);
    expect(await levelOf(id)).toEqual({ onHand: 0, reserved: PORTIONS * each, consumed: 0 });

    // Half of them are served, half fail; each is told of twice.
    const [served, failed] = [sold.slice(0, PORTIONS / 2), sold.slice(PORTIONS / 2)];
    for (const orderId of served) await others.say(paymentCaptured, orderId, { ...paymentCaptured.example, orderId });
    const ends = await Promise.all([
      ...served.map((orderId) => others.say(orderCompleted, orderId, { orderId, completedBy: 'system' })),
      ...failed.map((orderId) => others.say(orderFailed, orderId, { orderId, reason: 'test' })),
    ]);
    await Promise.all(ends.map((message) => others.repeat(message)));
    await others.settled('inventory');
    const half = (PORTIONS / 2) * each;
    expect(await levelOf(id)).toEqual({ onHand: half, reserved: 0, consumed: half });
    expect(await others.dead('inventory')).toBe(0);
  } finally {
    await others.leave();
    await service.stop();
  }
});
