import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { paymentCaptured } from '@brigade/schema';
import { Others } from '../../../subgraphs/service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { Guest } from '../src/guest.ts';
import { Restaurant } from '../src/restaurant.ts';

interface Listed {
  deadLetters: { edges: { node: { id: string; consumer: string; order: { id: string; status: string } | null } }[] };
}
const LIST = '{ deadLetters { edges { node { id consumer order { id status } } } } }';
const DISCARD = `mutation($id: ID!) { discardDeadLetter(input: { id: $id, reason: "a drill" }) { deadLetter { status } } }`;

describe('dead letters through the router', () => {
  let restaurant: Restaurant;
  let guest: Guest;
  let manager: Guest;
  let others: Others;

  beforeAll(async () => {
    restaurant = await Restaurant.open();
    guest = await Guest.register(restaurant);
    manager = await Guest.login(restaurant, 'manager@brigade.test');
    others = await Others.join(restaurant.env);
  });
  afterAll(async () => {
    await others.leave();
    await restaurant.close();
  });

  test('a poisonous message is seen by managers, with the order that it is about, and given up by them', async () => {
    const dish = (await guest.menu()).find(({ availablePortions }) => (availablePortions ?? 0) > 100);
    const orderId = await guest.order([{ dishId: dish?.id ?? '', quantity: 1 }]);
    const { status } = await guest.until(orderId, 'READY');
    const id = randomUUID();
    await others.repeat({
      id,
      name: paymentCaptured.name,
      occurredAt: new Date().toISOString(),
      correlationId: id,
      causationId: id,
      subject: orderId,
      payload: { orderId, paid: 'with a smile' },
    });

    const letters = await eventually(async () => {
      const { data } = await manager.ask<Listed>(LIST);
      const nodes = data?.deadLetters.edges.map(({ node }) => node) ?? [];
      return nodes.length === 3 ? nodes : undefined;
    });
    expect(letters.map(({ consumer }) => consumer).toSorted()).toEqual(['inventory', 'kitchen', 'orders']);
    for (const { order } of letters) expect(order).toEqual({ id: orderId, status });
    expect((await guest.ask(LIST)).errors[0]?.extensions.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const listed = await restaurant.command('dead-letters', 'list');
    for (const letter of letters) expect(listed).toContain(letter.id);

    for (const letter of letters) expect((await manager.ask(DISCARD, { id: letter.id })).errors).toEqual([]);
    expect(await restaurant.command('dead-letters', 'list', '--json')).toBe('[]\n');
    expect((await guest.until(orderId, 'READY')).status).toBe(status);
  });
});
