import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import type { IngredientRow } from '../store/entities.ts';
import { readLevels } from '../store/stock-repository.ts';

const key = Symbol('ingredients');

/** Ingredients by id, in one query a request; null where there is none. */
export const ingredientLoader = (context: RequestContext, orm: PostgresOrm): DataLoader<string, IngredientRow | null> =>
  context.once(
    key,
    () =>
      new DataLoader(async (ids: readonly string[]) => {
        const rows = await readLevels(orm.em.fork(), ids.filter(isUuid));
        return ids.map((id) => rows.get(id) ?? null);
      }),
  );
