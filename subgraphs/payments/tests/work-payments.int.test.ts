import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  PostgresMessageStore,
  connectPostgres,
  createLogger,
  postgresOptions,
  type PostgresOrm,
} from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { moveClock } from '../../service-kit/tests/wrong-clock.ts';
import { readPaymentsConfig } from '../src/config.ts';
import type { PaymentsDeps } from '../src/deps.ts';
import { payments } from '../src/index.ts';
import { settleCharge } from '../src/payment/decide.ts';
import type { PaymentStatus } from '../src/payment/payment.ts';
import { PaymentSchema, entities } from '../src/store/entities.ts';
import { lockPayment, record } from '../src/store/payment-repository.ts';
import { takeNews } from '../src/use-cases/expect-payment.ts';
import { requestRefund, rest } from '../src/use-cases/give-back.ts';
import { workPayments } from '../src/use-cases/work-payments.ts';

describe('two at one payment', () => {
  const env = testEnvironment('payments');
  const log = createLogger('test', 'silent');
  let orm: PostgresOrm;
  let store: PostgresMessageStore;

  beforeAll(async () => {
    await payments.migrate?.(env);
    const config = readPaymentsConfig(env);
    orm = await connectPostgres(postgresOptions('payments', config, { entities, migrations: [] }, log));
    store = new PostgresMessageStore(orm, 'payments');
  });
  afterAll(() => orm.close(true));
  // What an earlier test left for a retry becomes due by the clock: it belongs to no later test.
  beforeEach(() => orm.em.fork().execute('update payments set next_attempt_at = null'));

  const deps = (provider: Partial<PaymentsDeps['provider']>): PaymentsDeps => ({
    orm,
    store,
    log,
    wakeWorker: () => {},
    provider: provider as PaymentsDeps['provider'],
  });
  const paymentIn = async (status: PaymentStatus, due: boolean) => {
    const [id, userId, orderId, methodId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const em = orm.em.fork();
    await em.execute(
      `insert into payment_methods (id, user_id, token, brand, last4) values (?, ?, 'tok_visa', 'visa', '4242')`,
      [methodId, userId],
    );
    await em.execute(
      `insert into payments (id, order_id, user_id, payment_method_id, status, amount_minor, captured_minor, charge_id, next_attempt_at)
       values (?, ?, ?, ?, ?, 500, ?, ?, case when ? then now() end)`,
      [id, orderId, userId, methodId, status, ...(status === 'CAPTURED' ? [500, 'ch_1'] : [0, null]), due],
    );
    return { id, orderId };
  };
  const makeDue = (id: string) =>
    orm.em.fork().execute('update payments set next_attempt_at = now() where id = ?', [id]);
  const rowOf = (id: string) => orm.em.fork().findOneOrFail(PaymentSchema, { id });

  test('a charge that fails after another worker has closed the payment does not wake it again', async () => {
    const { id, orderId } = await paymentIn('CAPTURING', true);
    const worker = deps({
      async charge() {
        await store.transaction((tx) => takeNews(worker, tx, orderId, 'called-off'));
        await store.transaction(async (tx) => {
          const payment = await lockPayment(tx, { id });
          const voided = { id: 'ch_0', status: 'declined', amountMinor: 0 } as const;
          const decision = payment && settleCharge(payment, voided);
          if (decision) await record(worker, tx, payment, decision);
        });
        throw new Error('no answer in time');
      },
    });
    await expect(workPayments(worker, 10)).rejects.toThrow('no answer in time');
    expect(await rowOf(id)).toMatchObject({ status: 'VOIDED', nextAttemptAt: null });
  });

  test('a charge that fails while the payment is called off leaves it due at once', async () => {
    const { id, orderId } = await paymentIn('CAPTURING', true);
    const worker = deps({
      async charge() {
        await store.transaction((tx) => takeNews(worker, tx, orderId, 'called-off'));
        throw new Error('no answer in time');
      },
      async voidCharge() {
        return { id: 'ch_2', status: 'declined', amountMinor: 0, declineReason: 'voided' };
      },
    });
    await expect(workPayments(worker, 10)).rejects.toThrow('no answer in time');
    await workPayments(worker, 10);
    expect(await rowOf(id)).toMatchObject({ status: 'VOIDED', nextAttemptAt: null });
  });

  test('one failing payment does not keep another from its capture', async () => {
    const broken = await paymentIn('CAPTURING', true);
    const fine = await paymentIn('CAPTURING', true);
    const worker = deps({
      async charge(_key, { reference, amountMinor }) {
        if (reference === broken.orderId) throw new Error('no answer in time');
        return { id: 'ch_3', status: 'succeeded', amountMinor };
      },
    });
    await workPayments(worker, 10);
    expect((await rowOf(fine.id)).status).toBe('CAPTURED');
    expect(await rowOf(broken.id)).toMatchObject({ status: 'CAPTURING', nextAttemptAt: expect.any(Date) });
  });

  test('two workers that hear the same charge tell of it once', async () => {
    const { id, orderId } = await paymentIn('CAPTURING', true);
    const charged = { id: 'ch_4', status: 'succeeded' as const, amountMinor: 500 };
    const second = deps({ charge: async () => charged });
    const first = deps({
      async charge() {
        // Its lease has run out: another worker claims the payment and is faster.
        await makeDue(id);
        await workPayments(second, 10);
        return charged;
      },
    });
    await workPayments(first, 10);
    const told = await orm.em.fork().execute<unknown[]>('select 1 from outbox where subject = ?', [orderId]);
    expect(told).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({ status: 'CAPTURED', capturedMinor: 500 });
  });

  test('a refund whose answer was lost is asked for again under the same key', async () => {
    const { id } = await paymentIn('CAPTURED', false);
    await store.transaction(async (tx) => {
      const payment = await lockPayment(tx, { id });
      if (payment) await requestRefund(tx, payment, 100, 'cold soup');
    });
    const keys: string[] = [];
    const worker = deps({
      async refund(key) {
        keys.push(key);
        if (keys.length === 1) throw new Error('no answer in time');
        return { id: 're_1', status: 'succeeded', amountMinor: 100 };
      },
    });
    await expect(workPayments(worker, 10)).rejects.toThrow('no answer in time');
    await makeDue(id);
    await workPayments(worker, 10);
    expect(new Set(keys).size).toBe(1);
    expect(await rowOf(id)).toMatchObject({ refundedMinor: 100, nextAttemptAt: null });
  });

  test('an order that was called off and is never heard of leaves nothing to do', async () => {
    const { id, orderId } = await paymentIn('CAPTURING', true);
    await orm.em.fork().execute('update payments set user_id = null where id = ?', [id]);
    const worker = deps({
      async voidCharge() {
        return { id: 'ch_9', status: 'declined', amountMinor: 0, declineReason: 'voided' };
      },
    });
    await workPayments(worker, 10);
    expect((await rowOf(id)).status).toBe('CAPTURING');
    await store.transaction((tx) => takeNews(worker, tx, orderId, 'called-off'));
    await workPayments(worker, 10);
    expect(await rowOf(id)).toMatchObject({ status: 'VOIDED', nextAttemptAt: null });
  });

  test('a refund that is asked for while the payment is laid to rest is not forgotten', async () => {
    const { id } = await paymentIn('CAPTURED', true);
    let resting: Promise<void> | undefined;
    await store.transaction(async (tx) => {
      const payment = await lockPayment(tx, { id });
      resting = rest(store, id);
      await eventually(async () => {
        const waiting = await orm.em
          .fork()
          .execute<unknown[]>(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          );
        return waiting.length > 0;
      });
      if (payment) await requestRefund(tx, payment, 100, 'cold soup');
    });
    await resting;
    expect((await rowOf(id)).nextAttemptAt).toEqual(expect.any(Date));
  });

  describe.each([-1, 1])('a process whose own clock is %d h off', (hours) => {
    beforeEach(() => moveClock(hours));
    afterEach(() => {
      jest.useRealTimers();
    });

    test('takes up at once what has become due, and asks for a refund at once', async () => {
      const { id, orderId } = await paymentIn('EXPECTED', false);
      const asked: string[] = [];
      const worker = deps({
        async charge(_key, { amountMinor, reference }) {
          if (reference === orderId) asked.push('charge');
          return { id: 'ch_7', status: 'succeeded', amountMinor };
        },
        async refund(_key, { reference }) {
          if (reference === orderId) asked.push('refund');
          return { id: 're_7', status: 'succeeded', amountMinor: 100 };
        },
      });
      await store.transaction((tx) => takeNews(worker, tx, orderId, 'stock-reserved'));
      await workPayments(worker, 10);
      expect(asked).toEqual(['charge']);
      await store.transaction(async (tx) => {
        const payment = await lockPayment(tx, { id });
        if (payment) await requestRefund(tx, payment, 100, 'cold soup');
      });
      await workPayments(worker, 10);
      expect(asked).toEqual(['charge', 'refund']);
    });

    test('pauses after a failure, and no longer than it means to', async () => {
      const { id } = await paymentIn('CAPTURING', true);
      let asked = 0;
      const worker = deps({
        async charge() {
          asked += 1;
          throw new Error('no answer in time');
        },
      });
      await expect(workPayments(worker, 10)).rejects.toThrow('no answer in time');
      const [pause] = await orm.em
        .fork()
        .execute<{ seconds: string }[]>(
          'select extract(epoch from next_attempt_at - now()) as seconds from payments where id = ?',
          [id],
        );
      expect(Math.abs(Number(pause?.seconds))).toBeLessThan(31);
      await orm.em.fork().execute(`update payments set next_attempt_at = now() + interval '30 s' where id = ?`, [id]);
      await workPayments(worker, 10);
      expect(asked).toBe(1);
      await makeDue(id);
      await expect(workPayments(worker, 10)).rejects.toThrow('no answer in time');
      await orm.em.fork().execute('update payments set next_attempt_at = null where id = ?', [id]);
    });
  });
});
