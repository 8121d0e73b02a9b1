import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  orderCancelled,
  orderPlaced,
  paymentCaptured,
  paymentDeclined,
  paymentRefunded,
  stockReserved,
} from '@brigade/schema';
import { paymentProvider, type LedgerEntry } from '@brigade/payment-provider';
import type { Service } from '@brigade/service-kit';
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
import { payments } from '../src/index.ts';

const MANY = 50;
const TOTAL = 1_000;

describe('many at one payment, on two instances, and a provider that loses answers', () => {
  const userId = uuidv7();
  let provider: Service;
  let service: Service;
  let others: Others;
  let env: ReturnType<typeof testEnvironment>;
  let folder: string;
  let cardId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    env = testEnvironment('payments', {
      PAYMENT_PROVIDER_PORT: '0',
      PAYMENT_PROVIDER_DATA: folder,
      PROVIDER_TIMEOUT_MS: '200',
    });
    provider = await paymentProvider.start(env);
    env = { ...env, PAYMENT_PROVIDER_URL: `http://127.0.0.1:${provider.port}` };
    service = await startForTest(payments, env, 2);
    others = await Others.join(env);
    const { data } = await ask<{ addPaymentMethod: { id: string } }>(
      service,
      env,
      guest(userId),
      'mutation { addPaymentMethod(input: { token: "tok_visa" }) { id } }',
    );
    cardId = data?.addPaymentMethod.id ?? '';
    await fetch(`${env.PAYMENT_PROVIDER_URL}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timeoutAfterCharge: 0.3 }),
    });
  });
  afterAll(async () => {
    await others.leave();
    await service.stop();
    await provider.stop();
    await rm(folder, { recursive: true });
  });

  const place = async () => {
    const orderId = uuidv7();
    await others.say(orderPlaced, orderId, {
      ...orderPlaced.example,
      orderId,
      customerId: userId,
      paymentMethodId: cardId,
      total: { amountMinor: TOTAL, currency: 'EUR' },
    });
    return orderId;
  };
  const reserve = (orderId: string) => others.say(stockReserved, orderId, { ...stockReserved.example, orderId });
  const cancel = (orderId: string) => others.say(orderCancelled, orderId, { ...orderCancelled.example, orderId });
  const taken = async (orderId: string) => {
    const ledger = (await (await fetch(`${env.PAYMENT_PROVIDER_URL}/ledger`)).json()) as LedgerEntry[];
    const sum = (kind: LedgerEntry['kind']) =>
      ledger
        .filter((entry) => entry.reference === orderId && entry.kind === kind && entry.status === 'succeeded')
        .map(({ amountMinor }) => amountMinor);
    return { charges: sum('charge'), refunds: sum('refund') };
  };
  const paymentOf = async (orderId: string) => {
    const { data } = await ask<{ _entities: { payment: { id: string; status: string } }[] }>(
      service,
      env,
      guest(userId),
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payment { id status } } } }',
      { r: [{ __typename: 'Order', id: orderId }] },
    );
    return data?._entities[0]?.payment;
  };
  const until = (orderId: string, ...statuses: string[]) =>
    eventually(async () => statuses.includes((await paymentOf(orderId))?.status ?? ''), 40_000);

  test(`${MANY} reports of its stock: one charge, told once`, async () => {
    const orderId = await place();
    await Promise.all(Array.from({ length: MANY }, () => reserve(orderId)));
    await until(orderId, 'CAPTURED');
    await others.settled('payments');
    expect(await taken(orderId)).toEqual({ charges: [TOTAL], refunds: [] });
    await others.hear(paymentCaptured, orderId);
    expect(others.all(paymentCaptured, orderId)).toHaveLength(1);
  });

  test(`${MANY} cancels and as many captures, in any order: charged once at most, and given back exactly once`, async () => {
    const orderIds = await Promise.all(Array.from({ length: 8 }, place));
    await Promise.all(
      orderIds.flatMap((orderId, n) =>
        Array.from({ length: MANY }, async (_one, i) => {
          // Some are charged first, some are called off first, most are both at once.
          if (n < 2 && i === 0) {
            await reserve(orderId);
            await until(orderId, 'CAPTURED', 'UNWINDING', 'REFUNDING', 'REFUNDED', 'VOIDED');
          }
          await Promise.all([reserve(orderId), cancel(orderId)]);
        }),
      ),
    );
    for (const orderId of orderIds) {
      await until(orderId, 'VOIDED', 'REFUNDED');
      const { charges, refunds } = await taken(orderId);
      expect(charges.length).toBeLessThanOrEqual(1);
      expect(refunds).toEqual(charges);
      expect(others.all(paymentDeclined, orderId)).toEqual([]);
      if (charges.length > 0) await others.hear(paymentRefunded, orderId);
      expect(others.all(paymentCaptured, orderId)).toHaveLength(charges.length);
      expect(others.all(paymentRefunded, orderId)).toHaveLength(charges.length);
    }
    expect(await others.dead('payments')).toBe(0);
  });

  test(`${MANY} managers who give back a tenth each: ten of them do, and the order's end finds nothing left`, async () => {
    const orderId = await place();
    await reserve(orderId);
    await until(orderId, 'CAPTURED');
    const paymentId = (await paymentOf(orderId))?.id;
    const answers = await Promise.all(
      Array.from({ length: MANY }, () =>
        ask(
          service,
          env,
          withRole(uuidv7(), 'MANAGER'),
          'mutation($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { id } } }',
          { input: { paymentId, amountMinor: TOTAL / 10, reason: 'cold soup' } },
        ),
      ),
    );
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(10);
    const codes = new Set(answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code)));
    expect([...codes]).toEqual(['PAYMENT_NOT_REFUNDABLE']);
    await Promise.all([cancel(orderId), cancel(orderId)]);
    await until(orderId, 'REFUNDED');
    const { charges, refunds } = await taken(orderId);
    expect(charges).toEqual([TOTAL]);
    expect(refunds).toEqual(Array.from({ length: 10 }, () => TOTAL / 10));
  });
});
