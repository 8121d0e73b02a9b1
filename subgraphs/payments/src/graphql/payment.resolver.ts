import { ListOfAbout, NotFound, type RequestContext, requireRole, requireUser } from '@brigade/service-kit';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { PaymentsDeps } from '../deps.ts';
import { PaymentMethodSchema } from '../store/entities.ts';
import { addPaymentMethod } from '../use-cases/add-payment-method.ts';
import { refundPayment } from '../use-cases/refund-payment.ts';
import { paymentFromRow } from './payment-from-row.ts';
import { paymentLoader } from './payment.loader.ts';
import {
  AddPaymentMethodInput,
  Payment,
  PaymentMethod,
  RefundPaymentInput,
  RefundPaymentPayload,
} from './payment.type.ts';

@Resolver(() => Payment)
export class PaymentResolver {
  constructor(private readonly deps: PaymentsDeps) {}

  @Query(() => Payment, {
    nullable: true,
    description: "One of the guest's own payments, or any for staff. `NOT_FOUND` otherwise.",
  })
  async payment(
    @Arg('id', () => ID, { description: 'Id of the payment.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<Payment> {
    requireUser(context.actor);
    const row = await paymentLoader(context, this.deps.orm, 'id').load(z.uuid('must be the id of a payment').parse(id));
    if (!row) throw new NotFound(`There is no payment ${id}.`);
    return paymentFromRow(row);
  }

  @ListOfAbout(10)
  @Query(() => [PaymentMethod], { description: "The guest's own payment methods." })
  async paymentMethods(@Ctx() { actor }: RequestContext): Promise<PaymentMethod[]> {
    const { userId } = requireUser(actor);
    return this.deps.orm.em.fork().find(PaymentMethodSchema, { userId }, { orderBy: { id: 'asc' } });
  }

  @Mutation(() => PaymentMethod, {
    description: 'Keeps a payment method. Refusals: `UNAUTHENTICATED`, `BAD_USER_INPUT`, `PROVIDER_UNAVAILABLE`.',
  })
  async addPaymentMethod(
    @Arg('input', () => AddPaymentMethodInput, { description: 'The method.' }) input: AddPaymentMethodInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<PaymentMethod> {
    return addPaymentMethod(this.deps, requireUser(actor).userId, input);
  }

  @Mutation(() => RefundPaymentPayload, {
    description:
      'Gives money back, in part or whole; for managers. Refusals: `FORBIDDEN`, `NOT_FOUND`, `PAYMENT_NOT_REFUNDABLE`, `IDEMPOTENCY_CONFLICT`.',
  })
  async refundPayment(
    @Arg('input', () => RefundPaymentInput, { description: 'What to give back.' })
    { amountMinor, idempotencyKey, ...input }: RefundPaymentInput,
    @Ctx() { actor }: RequestContext,
  ): Promise<RefundPaymentPayload> {
    requireRole(actor, 'MANAGER', 'ADMIN');
    return {
      payment: paymentFromRow(
        await refundPayment(this.deps, {
          ...input,
          ...(amountMinor != null && { amountMinor }),
          ...(idempotencyKey != null && { idempotencyKey }),
        }),
      ),
    };
  }
}
