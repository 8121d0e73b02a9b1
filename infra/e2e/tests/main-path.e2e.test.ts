import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Guest, type Dish } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';

describe('an order through the router', () => {
  let restaurant: Restaurant;
  let guest: Guest;
  let staff: Guest;
  let dishes: Dish[];

  beforeAll(async () => {
    restaurant = await Restaurant.open();
    guest = await Guest.register(restaurant);
    staff = await Guest.login(restaurant, 'staff@brigade.test');
    dishes = await guest.menu();
  });
  afterAll(() => restaurant.close());

  const dish = (index = 0) => dishes.filter(({ availablePortions }) => (availablePortions ?? 0) > 100)[index]?.id ?? '';
  const scarce = () => dishes.toSorted((a, b) => (a.availablePortions ?? 0) - (b.availablePortions ?? 0))[0] as Dish;

  test('the menu is open to everyone, with what the stock allows', async () => {
    const { data } = await Guest.nobody(restaurant).firstPage();
    expect(data?.dishes.edges).toHaveLength(10);
    expect(data?.dishes.pageInfo.hasNextPage).toBe(true);
    expect(data?.dishes.edges.every(({ node }) => (node.availablePortions ?? 0) > 0)).toBe(true);
    expect(dishes.length).toBeGreaterThanOrEqual(24);
  });

  test('happy path: placed, paid, cooked, ready, and every part of it is told by its owner', async () => {
    const id = await guest.order([
      { dishId: dish(), quantity: 2 },
      { dishId: dish(1), quantity: 1 },
    ]);
    const order = await guest.until(id, 'READY');
    expect(order.customer?.id).toBe(guest.userId);
    expect(order.payment?.status).toBe('CAPTURED');
    expect(order.tickets?.map(({ status }) => status)).toEqual(['READY', 'READY']);
    expect(order.tickets?.every(({ station }) => station?.id)).toBe(true);
    expect(order.lines.map(({ dish: known }) => known?.name)).not.toContain(undefined);
    const names = order.timeline?.map(({ name }) => name) ?? [];
    expect(names).toEqual(['OrderPlaced', 'StockReserved', 'PaymentCaptured', 'CookingStarted', 'OrderReady']);
    const completed = await staff.ask<{ completeOrder: { order: { status: string } } }>(
      'mutation($id: ID!) { completeOrder(id: $id) { order { status } } }',
      { id },
    );
    expect(completed.data?.completeOrder.order.status).toBe('COMPLETED');
  });

  test('out of stock: rejected, and nothing is charged', async () => {
    const { id: dishId, availablePortions } = scarce();
    expect(availablePortions).toBeLessThan(20);
    const id = await guest.order([{ dishId, quantity: (availablePortions ?? 0) + 1 }]);
    const order = await guest.until(id, ({ status, payment }) => status === 'REJECTED' && payment?.status === 'VOIDED');
    expect(order.timeline?.at(-1)?.name).toBe('StockRejected');
  });

  test('card declined: rejected, and the stock is free again', async () => {
    const { id: dishId, availablePortions: before } = scarce();
    const id = await guest.order([{ dishId, quantity: 1 }], 'tok_declined');
    const order = await guest.until(
      id,
      ({ status, timeline }) => status === 'REJECTED' && (timeline ?? []).some(({ name }) => name === 'StockReleased'),
    );
    expect(order.payment?.status).toBe('DECLINED');
    const after = (await guest.menu()).find((known) => known.id === dishId);
    expect(after?.availablePortions).toBe(before);
  });

  test('cancelled right after placing: nothing stays charged or reserved', async () => {
    const { id: dishId, availablePortions: before } = scarce();
    const id = await guest.order([{ dishId, quantity: 1 }]);
    expect((await guest.cancel(id)).data?.cancelOrder.order.status).toBe('CANCELLED');
    await guest.until(
      id,
      ({ status, payment }) => status === 'CANCELLED' && ['VOIDED', 'REFUNDED'].includes(payment?.status ?? ''),
    );
    await expect(portionsOf(dishId)).resolves.toBe(before);
  });

  test('cancelled while cooking: the money goes back and the kitchen stops', async () => {
    const id = await guest.order([{ dishId: dish(), quantity: 1 }]);
    await guest.until(id, 'COOKING');
    expect((await guest.cancel(id)).data?.cancelOrder.order.status).toBe('CANCELLED');
    const order = await guest.until(
      id,
      ({ payment, tickets }) =>
        payment?.status === 'REFUNDED' && (tickets ?? []).every(({ status }) => status === 'CANCELLED'),
    );
    expect(order.status).toBe('CANCELLED');
  });

  const portionsOf = async (dishId: string) => {
    const read = async () => (await guest.menu()).find((known) => known.id === dishId)?.availablePortions;
    const deadline = Date.now() + 10_000;
    let portions = await read();
    while (portions !== scarce().availablePortions && Date.now() < deadline) portions = await read();
    return portions;
  };

  test('a ready order can no longer be cancelled', async () => {
    const id = await guest.order([{ dishId: dish(), quantity: 1 }]);
    await guest.until(id, 'READY');
    expect((await guest.cancel(id)).errors[0]?.extensions.code).toBe('ORDER_NOT_CANCELLABLE');
  });

  describe('refusals', () => {
    const line = () => ({ dishId: dish(), quantity: 1 });
    const paymentMethodId = randomUUID();
    const refusals: [string, () => Record<string, unknown>, string][] = [
      ['a quantity of 0', () => ({ lines: [{ ...line(), quantity: 0 }] }), 'BAD_USER_INPUT'],
      ['a quantity of -1', () => ({ lines: [{ ...line(), quantity: -1 }] }), 'BAD_USER_INPUT'],
      ['an unknown dish', () => ({ lines: [{ ...line(), dishId: randomUUID() }] }), 'DISH_UNAVAILABLE'],
      [
        'a client-sent price',
        () => ({ lines: [{ ...line(), price: { amountMinor: 1, currency: 'EUR' } }] }),
        'BAD_USER_INPUT',
      ],
      [
        'an object where a string belongs',
        () => ({ lines: [line()], idempotencyKey: { $ne: null } }),
        'BAD_USER_INPUT',
      ],
    ];
    test.each(refusals)('%s', async (_title, more, code) => {
      const { errors, data } = await guest.place({ paymentMethodId, ...more() });
      expect(errors[0]?.extensions.code).toBe(code);
      expect(data?.placeOrder ?? null).toBeNull();
    });

    test('not logged in, a bad token, another role', async () => {
      const nobody = Guest.nobody(restaurant);
      expect((await nobody.place({ lines: [line()], paymentMethodId })).errors[0]?.extensions.code).toBe(
        'UNAUTHENTICATED',
      );
      const forged = await nobody.ask('{ __typename }', {}, { authorization: 'Bearer e30.e30.e30' });
      expect([forged.status, forged.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
      const complete = await guest.ask('mutation($id: ID!) { completeOrder(id: $id) { order { id } } }', {
        id: randomUUID(),
      });
      expect(complete.errors[0]?.extensions.code).toBe('FORBIDDEN');
    });

    test('the internal actor header of a client is not believed', async () => {
      const forged = await Guest.nobody(restaurant).ask<{ me: null }>(
        '{ me { id } }',
        {},
        { 'x-brigade-actor': 'e30.e30.e30' },
      );
      expect(forged.data).toEqual({ me: null });
    });

    test("another guest's order is not there", async () => {
      const id = await guest.order([line()]);
      const stranger = await Guest.register(restaurant);
      expect((await stranger.readOrder(id)).errors[0]?.extensions.code).toBe('NOT_FOUND');
      expect((await stranger.cancel(id)).errors[0]?.extensions.code).toBe('NOT_FOUND');
    });

    test('an idempotency key: same body, same order; another body, a conflict', async () => {
      const card = await guest.addCard();
      const once = { idempotencyKey: randomUUID(), lines: [line()], paymentMethodId: card };
      const [first, second] = [await guest.place(once), await guest.place(once)];
      expect(second.data?.placeOrder.order.id).toBe(first.data?.placeOrder.order.id);
      const other = await guest.place({ ...once, lines: [{ ...line(), quantity: 3 }] });
      expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
    });
  });

  test('fifty orders at once all become ready or are refused as they deserve', async () => {
    const ids = await Promise.all(
      Array.from({ length: 50 }, (_, n) => guest.order([{ dishId: dish(n % 8), quantity: 1 }])),
    );
    const ends = await Promise.all(
      ids.map((id) => guest.until(id, ({ status }) => ['READY', 'REJECTED'].includes(status), 240_000)),
    );
    expect(ends.filter(({ status }) => status === 'READY')).toHaveLength(50);
  });
});
