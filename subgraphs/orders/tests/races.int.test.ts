import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cookingStarted,
  dishChanged,
  orderCancelled,
  orderCompleted,
  orderReady,
  paymentCaptured,
  stockReserved,
} from '@brigade/schema';
import type { Actor, Service } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import {
  Others,
  ask,
  guest,
  startForTest,
  testEnvironment,
  withRole,
} from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { orders } from '../src/index.ts';

const MANY = 50;

describe('many at one order, on two instances', () => {
  const env = testEnvironment('orders', { MENU_URL: 'http://127.0.0.1:1/graphql' });
  const me = guest(uuidv7());
  const staff = withRole(uuidv7(), 'STAFF');
  const dishId = uuidv7();
  let service: Service;
  let others: Others;

  beforeAll(async () => {
    service = await startForTest(orders, env, 2);
    others = await Others.join(env);
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId });
    await others.settled('orders');
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
  });

  const place = async () => {
    const input = {
      idempotencyKey: uuidv7(),
      lines: [{ dishId, quantity: 1 }],
      deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
      paymentMethodId: uuidv7(),
    };
    const { data } = await ask<{ placeOrder: { order: { id: string } } }>(
      service,
      env,
      me,
      'mutation($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
      { input },
    );
    return data?.placeOrder.order.id ?? '';
  };
  const read = async (id: string) => {
    const { data } = await ask<{ order: { status: string; version: number; timeline: { name: string }[] } }>(
      service,
      env,
      me,
      'query($id: ID!) { order(id: $id) { status version timeline { name } } }',
      { id },
    );
    return data?.order;
  };
  const until = (id: string, status: string) => eventually(async () => (await read(id))?.status === status);
  /** Code of the refusal, or OK. */
  const command = async (mutation: string, id: string, actor: Actor) => {
    const { errors } = await ask(service, env, actor, `mutation($id: ID!) { ${mutation}(id: $id) { order { id } } }`, {
      id,
    });
    return errors[0]?.extensions.code ?? 'OK';
  };
  const cancel = (id: string) => command('cancelOrder', id, me);
  const complete = (id: string) => command('completeOrder', id, staff);
  const cooking = async () => {
    const id = await place();
    await others.say(stockReserved, id, { ...stockReserved.example, orderId: id });
    await others.say(paymentCaptured, id, { ...paymentCaptured.example, orderId: id });
    await others.say(cookingStarted, id, { ...cookingStarted.example, orderId: id });
    await until(id, 'COOKING');
    await others.settled('orders');
    return id;
  };

  test(`${MANY} cancels and the capture: cancelled once, told once, and the capture is noted`, async () => {
    const id = await place();
    const many = Array.from({ length: MANY });
    const [answers] = await Promise.all([
      Promise.all(many.map(() => cancel(id))),
      ...many.map(() => others.say(paymentCaptured, id, { ...paymentCaptured.example, orderId: id })),
    ]);
    expect(new Set(answers)).toEqual(new Set(['OK']));
    await others.settled('orders');
    await others.hear(orderCancelled, id);
    expect(others.all(orderCancelled, id)).toHaveLength(1);
    const order = await read(id);
    expect(order?.status).toBe('CANCELLED');
    expect(order?.timeline.map(({ name }) => name).toSorted()).toEqual([
      'OrderCancelled',
      'OrderPlaced',
      'PaymentCaptured',
    ]);
    expect(order?.version).toBe(3);
    expect(await others.dead('orders')).toBe(0);
  });

  test(`${MANY} cancels and the last ticket: all of them win, or all of them lose`, async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await cooking();
      const report = others.say(orderReady, id, { orderId: id });
      // Some rounds give the report a start, some do not.
      if (round % 2 === 0) await report;
      const answers = await Promise.all([...Array.from({ length: MANY }, () => cancel(id)), report.then(() => 'OK')]);
      await others.settled('orders');
      const status = (await read(id))?.status;
      const told = others.all(orderCancelled, id).length;
      const won = answers.slice(0, MANY).filter((answer) => answer === 'OK').length;
      if (status === 'CANCELLED') {
        await others.hear(orderCancelled, id);
        expect(won).toBe(MANY);
      } else {
        expect({ status, won, told }).toEqual({ status: 'READY', won: 0, told: 0 });
        expect(new Set(answers.slice(0, MANY))).toEqual(new Set(['ORDER_NOT_CANCELLABLE']));
      }
    }
  });

  test(`${MANY} hand-overs and cancels of a READY order: handed over once, every cancel is refused`, async () => {
    const id = await cooking();
    await others.say(orderReady, id, { orderId: id });
    await until(id, 'READY');
    const many = Array.from({ length: MANY });
    const [done, off] = await Promise.all([
      Promise.all(many.map(() => complete(id))),
      Promise.all(many.map(() => cancel(id))),
    ]);
    expect(new Set(done)).toEqual(new Set(['OK']));
    expect(new Set(off)).toEqual(new Set(['ORDER_NOT_CANCELLABLE']));
    await others.hear(orderCompleted, id);
    expect(others.all(orderCompleted, id)).toHaveLength(1);
    expect((await read(id))?.status).toBe('COMPLETED');
  });
});
