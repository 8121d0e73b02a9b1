import type { SubgraphParts } from '@brigade/service-kit';
import type { OrdersDeps } from '../deps.ts';
import { orderFromView } from './order-from-view.ts';
import { orderLoader } from './order.loader.ts';
import { OrderResolver } from './order.resolver.ts';
import { OrderStatisticsResolver } from './order-statistics.resolver.ts';
import { orderUpdatedResolver } from './order-updated.resolver.ts';
import { ordersChangedResolver } from './orders-changed.resolver.ts';
import { UserResolver } from './user.resolver.ts';

/** This subgraph's part of the supergraph. */
export const ordersSchema = (deps: OrdersDeps): SubgraphParts => ({
  resolvers: [
    OrderResolver,
    OrderStatisticsResolver,
    UserResolver,
    orderUpdatedResolver(deps),
    ordersChangedResolver(deps),
  ],
  container: { get: (resolver: new (deps: OrdersDeps) => object) => new resolver(deps) },
  references: {
    Order: async ({ id }: { id: string }, context) => {
      const view = await orderLoader(context, deps.orm).load(id);
      return view && orderFromView(view);
    },
    User: async ({ id }: { id: string }) => ({ id }),
  },
});
