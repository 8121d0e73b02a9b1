import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { moneySchema } from './values.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/** The provider took the money, once. */
export const paymentCaptured = defineMessage(
  'payments.payment-captured.v1',
  z.strictObject({ orderId: z.uuid(), paymentId: z.uuid(), amount: moneySchema }),
  { orderId: ids.order, paymentId: ids.payment, amount: { amountMinor: 2300, currency: 'EUR' } },
);

/** The provider refused, or no answer came in time; nothing was taken. */
export const paymentDeclined = defineMessage(
  'payments.payment-declined.v1',
  z.strictObject({ orderId: z.uuid(), paymentId: z.uuid(), reason: text({ max: 200, multiline: true }) }),
  { orderId: ids.order, paymentId: ids.payment, reason: 'card_declined' },
);

/** Money went back. `refundedTotal` is the sum of all refunds of the payment so far. */
export const paymentRefunded = defineMessage(
  'payments.payment-refunded.v1',
  z.strictObject({ orderId: z.uuid(), paymentId: z.uuid(), amount: moneySchema, refundedTotal: moneySchema }),
  {
    orderId: ids.order,
    paymentId: ids.payment,
    amount: { amountMinor: 2300, currency: 'EUR' },
    refundedTotal: { amountMinor: 2300, currency: 'EUR' },
  },
);
