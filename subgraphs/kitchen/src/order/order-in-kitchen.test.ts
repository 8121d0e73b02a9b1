import { describe, expect, test } from '@jest/globals';
import type { RecipeStep } from '@brigade/schema';
import type { Ticket } from '../ticket/ticket.ts';
import { OrderInKitchen } from './order-in-kitchen.ts';

const now = '2026-01-01T12:00:00.000Z';
const bake: RecipeStep = { name: 'Bake', station: 'OVEN', targetCelsius: 250, durationSeconds: 360 };
const recipes = new Map([['pizza', [bake]]]);
const ticket = (id: string, dishId = 'pizza'): Ticket => ({
  id,
  dishId,
  name: dishId,
  quantity: 1,
  steps: [],
  state: { status: 'WAITING' },
  deviceId: null,
  queuedAt: null,
  startedAt: null,
  readyAt: null,
});
const unheard = () => new OrderInKitchen({ orderId: 'o', customerId: null, status: 'WAITING', captured: false }, []);

function cooking(): OrderInKitchen {
  const order = unheard();
  order.place('guest', [ticket('one'), ticket('two')]);
  order.capture();
  order.queue(recipes, now);
  for (const id of ['one', 'two']) {
    order.apply(id, { do: 'assign', deviceId: 'oven-1', jobId: `job ${id}` }, now);
    order.apply(id, { do: 'note-start', jobId: `job ${id}` }, now);
  }
  return order;
}

describe('an order in the kitchen', () => {
  test('is queued once it is both placed and paid, in either order', () => {
    const placedFirst = unheard();
    placedFirst.place('guest', [ticket('one')]);
    expect(placedFirst.mayQueue).toBe(false);
    placedFirst.capture();
    expect(placedFirst.mayQueue).toBe(true);
    const paidFirst = unheard();
    paidFirst.capture();
    expect(paidFirst.mayQueue).toBe(false);
    paidFirst.place('guest', [ticket('one')]);
    expect(paidFirst.mayQueue).toBe(true);
  });

  test('nothing is queued before the capture', () => {
    const order = unheard();
    order.place('guest', [ticket('one')]);
    order.queue(recipes, now);
    expect(order.tickets[0]?.state.status).toBe('WAITING');
  });

  test('tells once that cooking began, and once that all is ready', () => {
    const order = cooking();
    order.apply('one', { do: 'note-done', jobId: 'job one' }, now);
    expect(order.outcomes).toEqual([{ type: 'STARTED', orderId: 'o', ticketId: 'one' }]);
    order.apply('two', { do: 'note-done', jobId: 'job two' }, now);
    order.apply('two', { do: 'note-done', jobId: 'job two' }, now);
    expect(order.outcomes.slice(1)).toEqual([{ type: 'READY', orderId: 'o' }]);
    expect(order.stops).toEqual([]);
  });

  test('a cancelled order stops what is cooking, and tells nothing', () => {
    const order = cooking();
    order.outcomes.length = 0;
    order.cancel('CANCELLED', now);
    expect(order.stops.map(({ jobId }) => jobId)).toEqual(['job one', 'job two']);
    expect(order.outcomes).toEqual([]);
    expect(order.tickets.map(({ state }) => state.status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  test('a capture after the cancellation starts nothing, whatever was heard before', () => {
    for (const placedBefore of [true, false]) {
      const order = unheard();
      if (placedBefore) order.place('guest', [ticket('one')]);
      order.cancel('CANCELLED', now);
      order.capture();
      if (!placedBefore) order.place('guest', [ticket('one')]);
      expect(order.mayQueue).toBe(false);
      expect(order.header.status).toBe('CANCELLED');
    }
  });

  test('one ticket that fails ends the order: the others stop, and it is told once', () => {
    const order = cooking();
    order.outcomes.length = 0;
    order.apply('one', { do: 'fail', reason: 'NO_STATION' }, now);
    expect(order.tickets.map(({ state }) => state.status)).toEqual(['FAILED', 'CANCELLED']);
    expect(order.outcomes).toEqual([{ type: 'FAILED', orderId: 'o', reason: 'NO_STATION' }]);
    order.fail('again', now);
    expect(order.outcomes).toHaveLength(1);
    expect(order.stops).toHaveLength(2);
  });

  test('a dish without a recipe fails the order before anything is cooked', () => {
    const order = unheard();
    order.place('guest', [ticket('one'), ticket('two', 'unheard-of')]);
    order.capture();
    order.queue(recipes, now);
    expect(order.outcomes).toEqual([{ type: 'FAILED', orderId: 'o', reason: 'UNKNOWN_RECIPE: unheard-of' }]);
    expect(order.tickets.map(({ state }) => state.status)).toEqual(['CANCELLED', 'CANCELLED']);
  });
});
