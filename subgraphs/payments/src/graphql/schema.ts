import type { SubgraphParts } from '@brigade/service-kit';
import type { PaymentsDeps } from '../deps.ts';
import { OrderResolver } from './order.resolver.ts';
import { paymentFromRow } from './payment-from-row.ts';
import { paymentLoader } from './payment.loader.ts';
import { PaymentResolver } from './payment.resolver.ts';
import { User } from './payment.type.ts';
import { UserResolver } from './user.resolver.ts';

/** This subgraph's part of the supergraph. */
export const paymentsSchema = (deps: PaymentsDeps): SubgraphParts => ({
  resolvers: [PaymentResolver, OrderResolver, UserResolver],
  orphanedTypes: [User],
  container: { get: (resolver: new (deps: PaymentsDeps) => object) => new resolver(deps) },
  references: {
    Order: async ({ id }: { id: string }) => ({ id }),
    User: async ({ id }: { id: string }) => ({ id }),
    Payment: async ({ id }: { id: string }, context) => {
      const row = await paymentLoader(context, deps.orm, 'id').load(id);
      return row && paymentFromRow(row);
    },
  },
});
