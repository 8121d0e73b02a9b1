import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { demoIngredients } from '@brigade/schema/demo-data';
import {
  ConcurrencyConflict,
  connectPostgres,
  createLogger,
  postgresOptions,
  type EntityManager,
  type PostgresOrm,
} from '@brigade/service-kit';
import { testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { readInventoryConfig } from '../src/config.ts';
import { inventory } from '../src/index.ts';
import { entities } from '../src/store/entities.ts';
import { levelsOf, readLevels, settleReserved, takeFromStock } from '../src/store/stock-repository.ts';

const env = testEnvironment('inventory');
let orm: PostgresOrm;

beforeAll(async () => {
  await inventory.migrate?.(env);
  await inventory.seed?.(env);
  const log = createLogger('test', 'silent');
  orm = await connectPostgres(
    postgresOptions('inventory', readInventoryConfig(env), { entities, migrations: [] }, log),
  );
});
afterAll(() => orm.close(true));

test('orders that take the same ingredients at once never wait for each other in a circle', async () => {
  // Rows lie in the table in another order than their ids': an update that follows the table meets one that follows ids.
  await orm.em.fork().execute('update ingredients set version = version where id = ?', [demoIngredients[0]?.id]);
  const needs = demoIngredients
    .slice(0, 12)
    .map(({ id }) => ({ ingredientId: id, quantity: 1 }))
    .toSorted((a, b) => (a.ingredientId < b.ingredientId ? -1 : 1));
  const ids = needs.map(({ ingredientId }) => ingredientId);
  const transaction = (work: (tx: EntityManager) => Promise<void>) =>
    orm.em.fork().transactional((tx) => work(tx as EntityManager));
  const take = (lock: boolean) =>
    transaction(async (tx) => takeFromStock(tx, needs, levelsOf(await readLevels(tx, ids, lock)))).catch(
      (error: unknown) => {
        if (!(error instanceof ConcurrencyConflict)) throw error; // an optimist lost a race, as may be
      },
    );
  await take(true);
  const give = () => transaction((tx) => settleReserved(tx, needs, 'release'));
  const deadlocks = async () => {
    const [row] = await orm.em
      .fork()
      .execute<{ deadlocks: string }[]>('select deadlocks from pg_stat_database where datname = current_database()');
    return Number(row?.deadlocks);
  };
  for (let round = 0; round < 15; round += 1) {
    await Promise.all([take(false), take(true), take(false), take(true)]);
    await give();
  }
  await orm.em.fork().execute('select pg_stat_force_next_flush()');
  expect(await deadlocks()).toBe(0);
});
