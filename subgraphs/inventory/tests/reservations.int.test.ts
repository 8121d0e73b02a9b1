import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { orderPlaced, reservationExpired, stockReserved, type MessageDefinition } from '@brigade/schema';
import { demoIngredients } from '@brigade/schema/demo-data';
import {
  PostgresMessageStore,
  connectPostgres,
  createLogger,
  postgresOptions,
  type PostgresOrm,
} from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { moveClock } from '../../service-kit/tests/wrong-clock.ts';
import { readInventoryConfig } from '../src/config.ts';
import type { InventoryDeps } from '../src/deps.ts';
import { inventory } from '../src/index.ts';
import { learnRecipe } from '../src/recipes/recipes.ts';
import { entities } from '../src/store/entities.ts';
import { expireReservations } from '../src/use-cases/expire-reservations.ts';
import { reserveStock } from '../src/use-cases/reserve-stock.ts';
import { settleReservation } from '../src/use-cases/settle-reservation.ts';

describe('reservations and time', () => {
  const env = testEnvironment('inventory');
  const log = createLogger('test', 'silent');
  const dishId = uuidv7();
  let orm: PostgresOrm;
  let deps: InventoryDeps;

  beforeAll(async () => {
    await inventory.migrate?.(env);
    await inventory.seed?.(env);
    const options = postgresOptions('inventory', readInventoryConfig(env), { entities, migrations: [] }, log);
    orm = await connectPostgres(options);
    const levels = { invalidateAll: async () => {} } as unknown as InventoryDeps['levels'];
    const store = new PostgresMessageStore(orm, 'inventory');
    deps = { orm, store, levels, lookUpRecipe: async () => null, reservationTtlMs: 900_000, log };
    const ingredients = [{ ingredientId: demoIngredients[0]?.id ?? '', quantity: 1 }];
    await store.transaction((tx) => learnRecipe(tx, { dishId, revision: 1, ingredients }));
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  afterAll(() => orm.close(true));

  const reserve = async () => {
    const orderId = uuidv7();
    const lines = [{ ...orderPlaced.example.lines[0], dishId }] as typeof orderPlaced.example.lines;
    await deps.store.transaction((tx) => reserveStock(deps, tx, { ...orderPlaced.example, orderId, lines }));
    return orderId;
  };
  const told = async (definition: MessageDefinition, orderId: string) => {
    const rows = await orm.em
      .fork()
      .execute<{ payload: Record<string, string> }[]>(
        `select message->'payload' as payload from outbox where subject = ? and message->>'name' = ?`,
        [orderId, definition.name],
      );
    return rows.map(({ payload }) => payload);
  };
  const endTime = (orderId: string) =>
    orm.em.fork().execute('update reservations set expires_at = now() where order_id = ?', [orderId]);
  const reserved = async () => {
    const [row] = await orm.em.fork().execute<{ sum: string }[]>('select sum(reserved) as sum from ingredients');
    return Number(row?.sum);
  };

  test.each([-1, 1])('a process whose clock is %d h off expires nothing early, and nothing late', async (hours) => {
    moveClock(hours);
    const orderId = await reserve();
    await expireReservations(deps);
    expect(await told(reservationExpired, orderId)).toEqual([]);
    await endTime(orderId);
    await expireReservations(deps);
    expect(await told(reservationExpired, orderId)).toEqual([{ orderId }]);
    jest.useRealTimers();
    const [{ expiresAt = '' } = {}] = await told(stockReserved, orderId);
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 900_000)).toBeLessThan(60_000);
  });

  test('two instances that look at the same time tell of it once, and its stock returns once', async () => {
    const before = await reserved();
    const orderIds = await Promise.all(Array.from({ length: 20 }, reserve));
    expect(await reserved()).toBe(before + 20 * (orderPlaced.example.lines[0]?.quantity ?? 0));
    await Promise.all(orderIds.map(endTime));
    await Promise.all(Array.from({ length: 4 }, () => expireReservations(deps)));
    for (const orderId of orderIds) expect(await told(reservationExpired, orderId)).toHaveLength(1);
    const release = (orderId: string) =>
      deps.store.transaction((tx) => settleReservation(deps, tx, orderId, 'release'));
    await Promise.all(orderIds.flatMap((orderId) => [release(orderId), release(orderId)]));
    expect(await reserved()).toBe(before);
  });

  test('a capture that is heard of after the time is over keeps the stock', async () => {
    const orderId = await reserve();
    await endTime(orderId);
    await expireReservations(deps);
    await deps.store.transaction((tx) => settleReservation(deps, tx, orderId, 'capture'));
    const before = await reserved();
    await deps.store.transaction((tx) => settleReservation(deps, tx, orderId, 'complete'));
    expect(await reserved()).toBe(before - (orderPlaced.example.lines[0]?.quantity ?? 0));
  });
});
