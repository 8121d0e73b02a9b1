import { defineEntity, p, type InferEntity } from '@mikro-orm/postgresql';
import type { Origin } from '@brigade/service-kit';
import type { PaymentStatus } from '../payment/payment.ts';

export const PaymentMethodSchema = defineEntity({
  name: 'PaymentMethod',
  tableName: 'payment_methods',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    token: p.string(),
    brand: p.string(),
    last4: p.string(),
  },
});
export type PaymentMethodRow = InferEntity<typeof PaymentMethodSchema>;

/** `orderId` is unique: an order is paid for once. `userId` is null while only a cancellation was heard of. */
export const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  properties: {
    id: p.uuid().primary(),
    orderId: p.uuid(),
    userId: p.uuid().nullable(),
    paymentMethodId: p.uuid().nullable(),
    status: p.string().$type<PaymentStatus>(),
    amountMinor: p.integer(),
    currency: p.string(),
    capturedMinor: p.integer(),
    refundedMinor: p.integer(),
    chargeId: p.string().nullable(),
    declineReason: p.string().nullable(),
    attempts: p.integer(),
    nextAttemptAt: p.datetime().nullable(),
    origin: p.json<Origin>().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type PaymentRow = InferEntity<typeof PaymentSchema>;

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  properties: {
    id: p.uuid().primary(),
    paymentId: p.uuid(),
    amountMinor: p.integer(),
    reason: p.string(),
    status: p.string().$type<'REQUESTED' | 'DONE'>(),
    idempotencyKey: p.string().nullable(),
    createdAt: p.datetime(),
  },
});
export type RefundRow = InferEntity<typeof RefundSchema>;

export const entities = [PaymentMethodSchema, PaymentSchema, RefundSchema];
