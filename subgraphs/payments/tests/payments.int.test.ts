import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  cookingFailed,
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

describe('payments, with a real provider process beside it', () => {
  let provider: Service;
  let service: Service;
  let others: Others;
  let env: ReturnType<typeof testEnvironment>;
  let folder: string;
  let providerUrl: string;
  const userId = uuidv7();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledger-'));
    env = testEnvironment('payments', {
      PAYMENT_PROVIDER_PORT: '0',
      PAYMENT_PROVIDER_DATA: folder,
      PROVIDER_TIMEOUT_MS: '400',
    });
    provider = await paymentProvider.start(env);
    providerUrl = `http://127.0.0.1:${provider.port}`;
    env = { ...env, PAYMENT_PROVIDER_URL: providerUrl };
    service = await startForTest(payments, env);
    others = await Others.join(env);
  });
  afterEach(() => faults({}));
  afterAll(async () => {
    await others.leave();
    await service.stop();
    await provider.stop();
    await rm(folder, { recursive: true });
  });

  const faults = async (given: Record<string, unknown>) => {
    const answer = await fetch(`${providerUrl}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(given),
    });
    expect(answer.status).toBe(200);
  };
  const ledgerOf = async (orderId: string) =>
    ((await (await fetch(`${providerUrl}/ledger`)).json()) as LedgerEntry[]).filter(
      ({ reference }) => reference === orderId,
    );
  const addCard = async (token = 'tok_visa', user = userId) => {
    const answer = await ask<{ addPaymentMethod: { id: string; brand: string; last4: string } }>(
      service,
      env,
      guest(user),
      'mutation AddCard($input: AddPaymentMethodInput!) { addPaymentMethod(input: $input) { id brand last4 } }',
      { input: { token } },
    );
    return answer;
  };
  const place = async (paymentMethodId: string, amountMinor = 2_300) => {
    const orderId = uuidv7();
    await others.say(orderPlaced, orderId, {
      ...orderPlaced.example,
      orderId,
      customerId: userId,
      paymentMethodId,
      total: { amountMinor, currency: 'EUR' },
    });
    return orderId;
  };
  const reserve = (orderId: string) =>
    others.say(stockReserved, orderId, { orderId, expiresAt: new Date().toISOString() });
  const cancel = (orderId: string) =>
    others.say(orderCancelled, orderId, { orderId, cancelledBy: userId, reason: 'test' });
  const cardId = async (token?: string) => {
    const { data } = await addCard(token);
    return data?.addPaymentMethod.id ?? '';
  };
  const paymentOf = async (orderId: string, actor = guest(userId)) => {
    const { data } = await ask<{
      _entities: { payment: { id: string; status: string; refunded: { amountMinor: number } } | null }[];
    }>(
      service,
      env,
      actor,
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payment { id status refunded { amountMinor } } } } }',
      { r: [{ __typename: 'Order', id: orderId }] },
    );
    return data?._entities[0]?.payment;
  };
  const untilStatus = (orderId: string, status: string) =>
    eventually(async () => (await paymentOf(orderId))?.status === status);

  test('keeps a token once, with brand and last digits, and refuses one that the provider does not know', async () => {
    const [first, again] = [await addCard(), await addCard()];
    expect(first.data?.addPaymentMethod).toMatchObject({ brand: 'visa', last4: '4242' });
    expect(again.data).toEqual(first.data);
    expect((await addCard('tok_nonsense')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await addCard('')).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('its metrics tell of the calls of the provider', async () => {
    await addCard();
    await addCard('tok_nonsense');
    const text = await (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
    for (const outcome of ['ok', 'refused'])
      expect(text).toMatch(
        new RegExp(
          `^payment_provider_duration_seconds_count\\{.*operation="card",outcome="${outcome}".*\\} [1-9]`,
          'm',
        ),
      );
  });

  test('captures once stock is reserved, never before, and only once', async () => {
    const orderId = await place(await cardId());
    await others.settled('payments');
    expect((await paymentOf(orderId))?.status).toBe('EXPECTED');
    expect(await ledgerOf(orderId)).toEqual([]);
    const reserved = await reserve(orderId);
    const { payload } = await others.hear(paymentCaptured, orderId);
    expect(payload.amount).toEqual({ amountMinor: 2_300, currency: 'EUR' });
    await others.repeat(reserved);
    await reserve(orderId);
    await others.settled('payments');
    await untilStatus(orderId, 'CAPTURED');
    expect(await ledgerOf(orderId)).toHaveLength(1);
    expect(others.all(paymentCaptured, orderId)).toHaveLength(1);
  });

  test('captures although the reservation was heard of before the order', async () => {
    const orderId = uuidv7();
    await reserve(orderId);
    await others.settled('payments');
    await others.say(orderPlaced, orderId, {
      ...orderPlaced.example,
      orderId,
      customerId: userId,
      paymentMethodId: await cardId(),
    });
    await others.hear(paymentCaptured, orderId);
  });

  test('tells of a declined card with the reason', async () => {
    const orderId = await place(await cardId('tok_declined'));
    await reserve(orderId);
    expect((await others.hear(paymentDeclined, orderId)).payload.reason).toBe('card_declined');
  });

  test("declines another guest's payment method", async () => {
    const stranger = await addCard('tok_visa', uuidv7());
    const orderId = await place(stranger.data?.addPaymentMethod.id ?? '');
    await reserve(orderId);
    expect((await others.hear(paymentDeclined, orderId)).payload.reason).toBe('unknown_payment_method');
    expect(await ledgerOf(orderId)).toEqual([]);
  });

  test('gives everything back, once, when the order is called off after capture', async () => {
    const orderId = await place(await cardId());
    await reserve(orderId);
    await others.hear(paymentCaptured, orderId);
    await cancel(orderId);
    await others.say(cookingFailed, orderId, { orderId, reason: 'also' });
    expect((await others.hear(paymentRefunded, orderId)).payload.refundedTotal.amountMinor).toBe(2_300);
    await untilStatus(orderId, 'REFUNDED');
    expect((await ledgerOf(orderId)).map(({ kind }) => kind)).toEqual(['charge', 'refund']);
  });

  test('takes nothing when the order is called off before the stock was reserved', async () => {
    const orderId = await place(await cardId());
    await cancel(orderId);
    await untilStatus(orderId, 'VOIDED');
    await reserve(orderId);
    await others.settled('payments');
    expect((await paymentOf(orderId))?.status).toBe('VOIDED');
    expect(await ledgerOf(orderId)).toEqual([]);
  });

  test('charged, but the answer is lost: asks again under the same key, and there is one charge', async () => {
    await faults({ timeoutAfterCharge: 1 });
    const orderId = await place(await cardId());
    await reserve(orderId);
    await eventually(async () => (await ledgerOf(orderId)).length === 1);
    await faults({});
    await others.hear(paymentCaptured, orderId);
    expect(await ledgerOf(orderId)).toHaveLength(1);
  });

  test('charged, the answer is lost, and the order is called off: what was taken goes back', async () => {
    await faults({ timeoutAfterCharge: 1 });
    const orderId = await place(await cardId());
    await reserve(orderId);
    await eventually(async () => (await ledgerOf(orderId)).length === 1);
    await cancel(orderId);
    await faults({});
    await others.hear(paymentRefunded, orderId);
    expect((await ledgerOf(orderId)).map(({ kind }) => kind)).toEqual(['charge', 'refund']);
  });

  test('called off during an outage: the key is closed, and nothing is ever taken', async () => {
    await faults({ outage: true });
    const orderId = await place(await cardId2());
    await reserve(orderId);
    await untilStatus(orderId, 'CAPTURING');
    await cancel(orderId);
    await untilStatus(orderId, 'UNWINDING');
    await faults({});
    await untilStatus(orderId, 'VOIDED');
    expect((await ledgerOf(orderId)).every(({ status }) => status === 'declined')).toBe(true);
  });
  /** A card that was kept before the outage. */
  const cardId2 = async () => {
    const { data } = await ask<{ paymentMethods: { id: string }[] }>(
      service,
      env,
      guest(userId),
      '{ paymentMethods { id } }',
    );
    return data?.paymentMethods[0]?.id ?? '';
  };

  test('refunds in part and then the rest, for managers only, and never more than was taken', async () => {
    const orderId = await place(await cardId(), 1_000);
    await reserve(orderId);
    await others.hear(paymentCaptured, orderId);
    const paymentId = (await paymentOf(orderId))?.id;
    const refund = (amountMinor: number | undefined, actor = withRole(uuidv7(), 'MANAGER')) =>
      ask(
        service,
        env,
        actor,
        'mutation($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { status } } }',
        { input: { paymentId, amountMinor, reason: 'cold soup' } },
      );
    expect((await refund(400, guest(userId))).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await refund(1_001)).errors[0]?.extensions.code).toBe('PAYMENT_NOT_REFUNDABLE');
    expect((await refund(-5)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await refund(400)).errors).toEqual([]);
    await eventually(async () => (await paymentOf(orderId))?.refunded.amountMinor === 400);
    expect((await refund(undefined)).errors).toEqual([]);
    await untilStatus(orderId, 'REFUNDED');
    expect((await ledgerOf(orderId)).map(({ amountMinor }) => amountMinor)).toEqual([1_000, 400, 600]);
  });

  test('a refund that is sent again under its key gives money back once', async () => {
    const orderId = await place(await cardId(), 1_000);
    await reserve(orderId);
    await others.hear(paymentCaptured, orderId);
    const paymentId = (await paymentOf(orderId))?.id;
    const refund = (amountMinor?: number) =>
      ask(
        service,
        env,
        withRole(uuidv7(), 'MANAGER'),
        'mutation($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { status } } }',
        { input: { paymentId, amountMinor, reason: 'cold soup', idempotencyKey: 'table 7' } },
      );
    const answers = await Promise.all([refund(400), refund(400)]);
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await refund(500)).errors[0]?.extensions.code).toBe('IDEMPOTENCY_CONFLICT');
    await eventually(async () => (await paymentOf(orderId))?.refunded.amountMinor === 400);
    expect((await refund(400)).errors).toEqual([]);
    expect((await ledgerOf(orderId)).map(({ amountMinor }) => amountMinor)).toEqual([1_000, 400]);
  });

  test('an id or a cursor that is none is refused, and spoils nothing beside it', async () => {
    const orderId = await place(await cardId());
    await eventually(() => paymentOf(orderId));
    const { data, errors } = await ask<{ _entities: unknown[] }>(
      service,
      env,
      guest(userId),
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Order { payment { status } } } }',
      { r: ['nonsense', orderId].map((id) => ({ __typename: 'Order', id })) },
    );
    expect(errors).toEqual([]);
    expect(data?._entities).toEqual([{ payment: null }, { payment: { status: 'EXPECTED' } }]);
    const listed = await ask(
      service,
      env,
      guest(userId),
      'query($r: [_Any!]!, $c: String) { _entities(representations: $r) { ... on User { payments(after: $c) { edges { cursor } } } } }',
      { r: [{ __typename: 'User', id: userId }], c: Buffer.from('["nonsense"]').toString('base64url') },
    );
    expect(listed.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test("another guest's payment is not there", async () => {
    const orderId = await place(await cardId());
    await eventually(() => paymentOf(orderId));
    expect(await paymentOf(orderId, guest(uuidv7()))).toBeNull();
    const id = (await paymentOf(orderId))?.id;
    const asked = await ask(service, env, guest(uuidv7()), 'query($id: ID!) { payment(id: $id) { id } }', { id });
    expect(asked.errors[0]?.extensions.code).toBe('NOT_FOUND');
  });

  test("a provider's ledger is read again after a restart, and a torn line is cut off", async () => {
    const orderId = await place(await cardId());
    await reserve(orderId);
    await others.hear(paymentCaptured, orderId);
    const { appendFile } = await import('node:fs/promises');
    await appendFile(join(folder, 'ledger.jsonl'), '{"id":"ch_torn","kind":"cha');
    const second = await paymentProvider.start({ ...env, PAYMENT_PROVIDER_PORT: '0' });
    const entries = (await (await fetch(`http://127.0.0.1:${second.port}/ledger`)).json()) as LedgerEntry[];
    expect(entries.filter(({ reference }) => reference === orderId)).toHaveLength(1);
    expect(entries.some(({ id }) => id === 'ch_torn')).toBe(false);
    await second.stop();
  });
});
