import type { Cache, MongoMessageStore, MongoOrm } from '@brigade/service-kit';

/** What resolvers and use cases work with. */
export interface MenuDeps {
  orm: MongoOrm;
  store: MongoMessageStore;
  cache: Cache;
}
