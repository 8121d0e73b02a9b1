import { isStaff, type Actor } from '@brigade/service-kit';
import type { PaymentRow } from '../store/entities.ts';
import type { Payment } from './payment.type.ts';

/** The API's payment from its row. */
export const paymentFromRow = (row: PaymentRow): Payment => {
  const money = (amountMinor: number) => ({ amountMinor, currency: row.currency as 'EUR' });
  return {
    id: row.id,
    status: row.status,
    amount: money(row.amountMinor),
    captured: money(row.capturedMinor),
    refunded: money(row.refundedMinor),
    declineReason: row.declineReason ?? null,
    order: { id: row.orderId },
    updatedAt: row.updatedAt,
  };
};

/** A payment is its payer's and the staff's to see. */
export const maySee = (actor: Actor, row: PaymentRow): boolean =>
  isStaff(actor) || actor.kind === 'service' || (actor.kind === 'user' && actor.userId === row.userId);
