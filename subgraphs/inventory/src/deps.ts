import type { Cache, Logger, PostgresMessageStore, PostgresOrm } from '@brigade/service-kit';
import type { LookUpRecipe } from './recipes/recipes.ts';

/** What resolvers and use cases work with. */
export interface InventoryDeps {
  orm: PostgresOrm;
  store: PostgresMessageStore;
  /** Levels on hand, for menus; forgotten at each change. */
  levels: Cache;
  lookUpRecipe: LookUpRecipe;
  reservationTtlMs: number;
  log: Logger;
}
