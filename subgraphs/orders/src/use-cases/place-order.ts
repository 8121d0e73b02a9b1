import { createHash } from 'node:crypto';
import { MAX_AMOUNT_MINOR, addressSchema, text } from '@brigade/schema';
import { BadUserInput, type EntityManager, type PostgresOrm } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { knownDishes, type LookUpDish } from '../menu-replica/menu-replica.ts';
import { decide } from '../order/decide.ts';
import { IdempotencyConflict } from '../order/errors.ts';
import { noOrder } from '../order/order.ts';
import { priceLines } from '../order/pricing.ts';
import { OrderViewSchema, type OrderViewRow } from '../store/entities.ts';
import type { OrderRepository } from '../store/order-repository.ts';

export const placeOrderSchema = z.strictObject({
  idempotencyKey: text({ max: 100 }),
  lines: z
    .array(z.strictObject({ dishId: z.uuid('must be the id of a dish'), quantity: z.int().min(1).max(20) }))
    .min(1)
    .max(50),
  deliveryAddress: addressSchema,
  paymentMethodId: z.uuid('must be the id of a payment method'),
});
export type PlaceOrder = z.infer<typeof placeOrderSchema>;

interface KeyRow {
  fingerprint: string;
  order_id: string;
}

/**
 * Places an order for a customer. The same idempotency key with the same body answers the same order.
 * @throws ZodError, BadUserInput, DishUnavailable, IdempotencyConflict
 */
export async function placeOrder(
  deps: { orm: PostgresOrm; orders: OrderRepository; lookUpDish: LookUpDish },
  customerId: string,
  input: unknown,
): Promise<OrderViewRow> {
  const command = placeOrderSchema.parse(input);
  const fingerprint = createHash('sha256').update(JSON.stringify(command)).digest('hex');
  const em = deps.orm.em.fork();
  const earlier = await findKey(em, customerId, command.idempotencyKey);
  if (earlier) return orderOfKey(em, earlier, fingerprint);

  const dishes = await knownDishes(
    em,
    command.lines.map(({ dishId }) => dishId),
    deps.lookUpDish,
  );
  const { lines, total } = priceLines(command.lines, dishes, uuidv7);
  if (total.amountMinor === 0) throw new BadUserInput('An order must cost something.');
  if (total.amountMinor > MAX_AMOUNT_MINOR)
    throw new BadUserInput(`An order may cost ${MAX_AMOUNT_MINOR} cents at most.`);
  const orderId = uuidv7();
  const { deliveryAddress, paymentMethodId } = command;

  return deps.orders.transaction(async (tx) => {
    const taken = await tx.execute<unknown[]>(
      `insert into idempotency_keys (customer_id, key, fingerprint, order_id) values (?, ?, ?, ?)
       on conflict do nothing returning order_id`,
      [customerId, command.idempotencyKey, fingerprint, orderId],
    );
    if (taken.length === 0) {
      const winner = await findKey(tx, customerId, command.idempotencyKey);
      if (!winner) throw new Error('the idempotency key vanished');
      return orderOfKey(tx, winner, fingerprint);
    }
    const placed = decide({ do: 'place', customerId, lines, total, deliveryAddress, paymentMethodId }, noOrder);
    return deps.orders.create(tx, orderId, placed);
  });
}

async function findKey(em: EntityManager, customerId: string, key: string): Promise<KeyRow | undefined> {
  const [row] = await em.execute<KeyRow[]>(
    'select fingerprint, order_id from idempotency_keys where customer_id = ? and key = ?',
    [customerId, key],
  );
  return row;
}

async function orderOfKey(em: EntityManager, key: KeyRow, fingerprint: string): Promise<OrderViewRow> {
  if (key.fingerprint !== fingerprint) throw new IdempotencyConflict();
  return em.findOneOrFail(OrderViewSchema, { id: key.order_id });
}
