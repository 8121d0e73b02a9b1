import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { addressSchema, moneySchema, orderLineSchema } from './values.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/** A guest's order was accepted and priced. Starts the saga. */
export const orderPlaced = defineMessage(
  'orders.order-placed.v1',
  z.strictObject({
    orderId: z.uuid(),
    customerId: z.uuid(),
    lines: z.array(orderLineSchema).min(1).max(50),
    total: moneySchema,
    deliveryAddress: addressSchema,
    paymentMethodId: z.uuid(),
  }),
  {
    orderId: ids.order,
    customerId: ids.user,
    lines: [
      {
        lineId: ids.line,
        dishId: ids.dish,
        name: 'Margherita',
        quantity: 2,
        unitPrice: { amountMinor: 1150, currency: 'EUR' },
      },
    ],
    total: { amountMinor: 2300, currency: 'EUR' },
    deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
    paymentMethodId: ids.paymentMethod,
  },
);

/** Guest or staff called the order off. Everyone undoes their part. */
export const orderCancelled = defineMessage(
  'orders.order-cancelled.v1',
  z.strictObject({ orderId: z.uuid(), cancelledBy: z.uuid(), reason: text({ max: 500, multiline: true }) }),
  { orderId: ids.order, cancelledBy: ids.user, reason: 'Changed my mind' },
);

/** The order ended without being served: a participant failed or a deadline passed. Everyone undoes their part. */
export const orderFailed = defineMessage(
  'orders.order-failed.v1',
  z.strictObject({ orderId: z.uuid(), reason: text({ max: 500, multiline: true }) }),
  { orderId: ids.order, reason: 'DEADLINE_EXCEEDED: no answer while PLACED' },
);

/** The order was handed over; what was reserved for it is consumed. */
export const orderCompleted = defineMessage(
  'orders.order-completed.v1',
  z.strictObject({ orderId: z.uuid(), completedBy: z.union([z.uuid(), z.literal('system')]) }),
  { orderId: ids.order, completedBy: 'system' },
);
