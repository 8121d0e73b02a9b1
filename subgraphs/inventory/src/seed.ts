import { demoIngredients } from '@brigade/schema/demo-data';
import type { PostgresOrm } from '@brigade/service-kit';

/** Puts in the demonstration's ingredients that are missing; levels of those that are there stay. */
export async function seedIngredients(orm: PostgresOrm): Promise<void> {
  const rows = demoIngredients.map(({ id, name, unit, initialStock, lowThreshold }) => ({
    id,
    name,
    unit,
    on_hand: initialStock,
    low_threshold: lowThreshold,
  }));
  await orm.em.fork().execute(
    `insert into ingredients (id, name, unit, on_hand, low_threshold)
     select id, name, unit, on_hand, low_threshold
     from jsonb_to_recordset(?::jsonb) as r(id uuid, name text, unit text, on_hand bigint, low_threshold bigint)
     on conflict do nothing`,
    [JSON.stringify(rows)],
  );
}
