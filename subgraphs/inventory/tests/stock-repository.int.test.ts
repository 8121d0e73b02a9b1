import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoIngredients } from '@brigade/schema/demo-data';
import {
  ConcurrencyConflict,
  connectPostgres,
  createLogger,
  postgresOptions,
  type PostgresOrm,
} from '@brigade/service-kit';
import { testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { readInventoryConfig } from '../src/config.ts';
import { inventory } from '../src/index.ts';
import { entities } from '../src/store/entities.ts';
import { levelsOf, readLevels, takeFromStock } from '../src/store/stock-repository.ts';

describe('taking from stock', () => {
  const env = testEnvironment('inventory');
  const id = demoIngredients[0]?.id ?? '';
  let orm: PostgresOrm;

  beforeAll(async () => {
    await inventory.migrate?.(env);
    await inventory.seed?.(env);
    const log = createLogger('test', 'silent');
    const options = postgresOptions('inventory', readInventoryConfig(env), { entities, migrations: [] }, log);
    orm = await connectPostgres(options);
  });
  afterAll(() => orm.close(true));

  test('is refused on a level that has changed since it was read, although there would be enough', async () => {
    const em = orm.em.fork();
    const levels = levelsOf(await readLevels(em, [id]));
    await takeFromStock(em, [{ ingredientId: id, quantity: 1 }], levels);
    await expect(takeFromStock(em, [{ ingredientId: id, quantity: 1 }], levels)).rejects.toThrow(ConcurrencyConflict);
    const now = (await readLevels(orm.em.fork(), [id])).get(id);
    expect(now).toMatchObject({ onHand: (demoIngredients[0]?.initialStock ?? 0) - 1, reserved: 1 });
  });
});
