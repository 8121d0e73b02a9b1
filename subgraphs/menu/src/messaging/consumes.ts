import { dishChanged } from '@brigade/schema';
import { on, type Cache, type MessageHandler, type MongoEntityManager } from '@brigade/service-kit';

/** What comes in: the menu's own changes, which may be another instance's. What was read before them is stale. */
export const consumes = (cache: Cache): MessageHandler<MongoEntityManager>[] => [
  on(dishChanged, () => cache.invalidateAll()),
];
