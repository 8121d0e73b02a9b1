import { z } from 'zod';
import { defineMessage } from './define-message.ts';
import { ids } from './example-ids.ts';
import { text } from './text.ts';

/** The first ticket of the order went onto a station. */
export const cookingStarted = defineMessage(
  'kitchen.cooking-started.v1',
  z.strictObject({ orderId: z.uuid(), ticketId: z.uuid() }),
  { orderId: ids.order, ticketId: ids.ticket },
);

/** Every ticket of the order is cooked. */
export const orderReady = defineMessage('kitchen.order-ready.v1', z.strictObject({ orderId: z.uuid() }), {
  orderId: ids.order,
});

/** The kitchen can't cook the order: no station is left for a step, or a dish has no known recipe. */
export const cookingFailed = defineMessage(
  'kitchen.cooking-failed.v1',
  z.strictObject({ orderId: z.uuid(), reason: text({ max: 500, multiline: true }) }),
  { orderId: ids.order, reason: 'NO_STATION: every OVEN is down' },
);
