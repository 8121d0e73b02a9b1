import type { RequestContext } from '@brigade/service-kit';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { PaymentsDeps } from '../deps.ts';
import { paymentFromRow } from './payment-from-row.ts';
import { paymentLoader } from './payment.loader.ts';
import { Order, Payment } from './payment.type.ts';

@Resolver(() => Order)
export class OrderResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @FieldResolver(() => Payment, {
    nullable: true,
    description: 'Its payment; null until there is one, or if it is not yours.',
  })
  async payment(@Root() order: Order, @Ctx() context: RequestContext): Promise<Payment | null> {
    const row = await paymentLoader(context, this.deps.orm, 'orderId').load(order.id);
    return row && paymentFromRow(row);
  }
}
