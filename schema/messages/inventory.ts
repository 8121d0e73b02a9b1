import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/** Everything that the order's recipes take is set aside, all or nothing, until `expiresAt`. */
export const stockReserved = defineMessage(
  'inventory.stock-reserved.v1',
  z.strictObject({ orderId: z.uuid(), expiresAt: z.iso.datetime() }),
  { orderId: ids.order, expiresAt: '2026-01-01T12:05:00.000Z' },
);

/** Nothing was set aside: at least one ingredient is short, or a dish has no known recipe. */
export const stockRejected = defineMessage(
  'inventory.stock-rejected.v1',
  z.strictObject({
    orderId: z.uuid(),
    reason: z.enum(['OUT_OF_STOCK', 'UNKNOWN_RECIPE']),
    shortages: z.array(z.strictObject({ ingredientId: z.uuid(), needed: z.int(), available: z.int() })),
  }),
  {
    orderId: ids.order,
    reason: 'OUT_OF_STOCK',
    shortages: [{ ingredientId: ids.ingredient, needed: 400, available: 120 }],
  },
);

/**
 * A reservation's time is over and it has not been paid for, as far as inventory has heard. It stays set aside: only
 * orders knows whether the order goes on, and ends it if not; then it is released.
 */
export const reservationExpired = defineMessage(
  'inventory.reservation-expired.v1',
  z.strictObject({ orderId: z.uuid() }),
  { orderId: ids.order },
);

/** A reservation was given back to the stock, because the order is off; EXPIRED: after its time was over. */
export const stockReleased = defineMessage(
  'inventory.stock-released.v1',
  z.strictObject({ orderId: z.uuid(), reason: z.enum(['COMPENSATED', 'EXPIRED']) }),
  { orderId: ids.order, reason: 'COMPENSATED' },
);

/** An ingredient fell to or below its threshold. `subject` is the ingredient. */
export const stockLow = defineMessage(
  'inventory.stock-low.v1',
  z.strictObject({ ingredientId: z.uuid(), name: text({ min: 0 }), available: z.int(), threshold: z.int() }),
  { ingredientId: ids.ingredient, name: 'Flour', available: 900, threshold: 1000 },
);
