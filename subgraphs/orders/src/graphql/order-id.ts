import { z } from 'zod';

/** An order's id as clients send it. */
export const orderId = z.uuid('must be the id of an order');
