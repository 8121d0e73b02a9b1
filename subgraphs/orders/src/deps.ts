import type { PostgresOrm } from '@brigade/service-kit';
import type { OrderFeed } from './live/order-feed.ts';
import type { LookUpDish } from './menu-replica/menu-replica.ts';
import type { OrderRepository } from './store/order-repository.ts';

/** What resolvers and use cases work with. */
export interface OrdersDeps {
  orm: PostgresOrm;
  orders: OrderRepository;
  lookUpDish: LookUpDish;
  feed: OrderFeed;
}
