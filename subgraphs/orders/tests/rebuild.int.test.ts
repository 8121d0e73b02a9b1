import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { dishChanged } from '@brigade/schema';
import { connectPostgres, createLogger, type PostgresOrm, type Service } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { Others, ask, guest, startForTest, testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { orders } from '../src/index.ts';
import { RebuildUnderWay } from '../src/read-models/rebuild-schema.ts';
import { entities } from '../src/store/entities.ts';

const PLACE = 'mutation Place($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const CANCEL = 'mutation Cancel($id: ID!) { cancelOrder(id: $id) { order { status } } }';
const READ = 'query Order($id: ID!) { order(id: $id) { id status version timeline { name } } }';

describe('read models, built anew from the events', () => {
  const env = testEnvironment('orders');
  const dishId = uuidv7();
  const actor = guest(uuidv7());
  let service: Service;
  let others: Others;
  let orm: PostgresOrm;

  beforeAll(async () => {
    service = await startForTest(orders, env);
    others = await Others.join(env);
    await others.say(dishChanged, dishId, { ...dishChanged.example, dishId });
    await others.settled('orders');
    orm = await connectPostgres({
      url: serverUrl('POSTGRES_URL'),
      database: `${env.BRIGADE_NAMESPACE}_orders`,
      entities,
      migrations: [],
      log: createLogger('test', 'silent'),
    });
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
    await orm.close(true);
  });

  const place = async (): Promise<string> => {
    const input = {
      idempotencyKey: uuidv7(),
      lines: [{ dishId, quantity: 1 }],
      deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
      paymentMethodId: uuidv7(),
    };
    const { data, errors } = await ask<{ placeOrder: { order: { id: string } } }>(service, env, actor, PLACE, {
      input,
    });
    expect(errors).toEqual([]);
    return data?.placeOrder.order.id ?? '';
  };
  /** Runs a command and answers what it printed. */
  const command = async (name: string, ...args: string[]): Promise<string> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await orders.commands?.[name]?.(env, args);
      return write.mock.calls.map(([text]) => String(text)).join('');
    } finally {
      write.mockRestore();
    }
  };

  test('are swapped in while orders are placed, cancelled and read: nobody is refused, and nothing differs', async () => {
    const known = await Promise.all(Array.from({ length: 300 }, place));
    let going = true;
    const guestAtWork = async () => {
      while (going) {
        const id = await place();
        const read = await ask<{ order: { version: number; timeline: unknown[] } }>(service, env, actor, READ, { id });
        expect(read.data?.order).toMatchObject({ version: 1, timeline: [{ name: 'OrderPlaced' }] });
        const { errors } = await ask(service, env, actor, CANCEL, { id: known.pop() ?? id });
        expect(errors).toEqual([]);
      }
    };
    const guests = Promise.all(Array.from({ length: 4 }, guestAtWork));
    for (let round = 0; round < 3; round += 1) {
      expect(await command('rebuild')).toMatch(/rebuilt \d{3,} orders .*identical to/);
    }
    going = false;
    await guests;
    expect(await command('rebuild')).toMatch(/identical to/);
  });

  test('say so when what was there had been wrong, and put it right', async () => {
    const id = await place();
    await orm.em.fork().execute("update order_views set status = 'READY' where id = ?", [id]);
    await orm.em.fork().execute('delete from order_timeline where order_id = ?', [id]);
    expect(await command('rebuild')).toContain('DIFFERENT');
    const { data } = await ask(service, env, actor, READ, { id });
    expect(data).toMatchObject({ order: { status: 'PLACED', timeline: [{ name: 'OrderPlaced' }] } });
    expect(await command('rebuild')).toContain('identical');
  });

  test('are built by one at a time, and what a killed rebuild has left is no obstacle', async () => {
    await orm.em.fork().execute('create schema rebuild');
    const results = await Promise.allSettled([
      orders.commands?.rebuild?.(env, []),
      orders.commands?.rebuild?.(env, []),
    ]);
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.map(({ reason }) => reason)).toEqual([new RebuildUnderWay()]);
  });

  test("an order's life can be replayed, with the state after each event", async () => {
    const id = await place();
    await ask(service, env, actor, CANCEL, { id });
    const text = await command('replay', id);
    expect(text).toMatch(
      /#1 .*OrderPlaced[\s\S]*=> PLACED; due .*\n#2 .*OrderCancelled[\s\S]*=> CANCELLED; because Cancelled by the guest/,
    );
    await expect(orders.commands?.replay?.(env, [uuidv7()])).rejects.toThrow('There is no order');
    await expect(orders.commands?.replay?.(env, ['7'])).rejects.toThrow('expected the id of an order');
  });
});
