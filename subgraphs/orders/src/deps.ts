import type { EventBus, PostgresOrm } from '@brigade/service-kit';
import type { LookUpDish } from './menu-replica/menu-replica.ts';
import type { OrderRepository } from './store/order-repository.ts';

/** What resolvers and use cases work with. */
export interface OrdersDeps {
  orm: PostgresOrm;
  orders: OrderRepository;
  lookUpDish: LookUpDish;
  bus: EventBus;
}
