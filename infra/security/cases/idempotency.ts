import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Answer } from '../src/answer.ts';
import type { Attack } from '../src/attack.ts';
import type { Person } from '../src/people.ts';
import type { Stage } from '../src/stage.ts';
import { bodyTransports, transports, type Operation } from '../src/transports/index.ts';

const place = (
  { belongings: { dishId, paymentMethodId } }: Stage,
  idempotencyKey: string,
  quantity = 1,
): Operation => ({
  query: 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }',
  variables: {
    input: {
      idempotencyKey,
      lines: [{ dishId, quantity }],
      deliveryAddress: { line1: '1 Rue de Rivoli', city: 'Paris', postcode: '75001' },
      paymentMethodId,
    },
  },
});
const refund = ({ belongings: { paymentId } }: Stage, idempotencyKey: string, amountMinor: number): Operation => ({
  query: 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { payment { id } } }',
  variables: { input: { paymentId, amountMinor, reason: 'cold', idempotencyKey } },
});
const orderIn = ({ body }: Answer): string | undefined =>
  (body?.data?.placeOrder as { order: { id: string } } | undefined)?.order.id;

type Ask = (operation: Operation, as?: Person) => Promise<Answer>;

const overEach = (
  name: string,
  send: (stage: Stage, ask: Ask) => Promise<Answer>,
  expected: Attack['expected'],
): Attack[] =>
  bodyTransports.map((by) => ({
    name,
    by,
    send: (stage, url) =>
      send(stage, (operation, as = 'guest') => transports[by](url, operation, { token: stage.tokenOf(as) })),
    expected,
  }));

/** Idempotency keys that are used for more than one thing. */
export const idempotency: readonly Attack[] = [
  ...overEach(
    'the key of an order for a larger one',
    async (stage, ask) => {
      const key = randomUUID();
      expect(orderIn(await ask(place(stage, key)))).toBeDefined();
      return ask(place(stage, key, 3));
    },
    { denied: 'IDEMPOTENCY_CONFLICT' },
  ),
  ...overEach(
    "another guest's key tells nothing of their order",
    async (stage, ask) => {
      const key = randomUUID();
      const theirs = orderIn(await ask(place(stage, key)));
      const answer = await ask(place(stage, key), 'stranger');
      expect(theirs).toBeDefined();
      expect(orderIn(answer)).not.toBe(theirs);
      return answer;
    },
    { data: { placeOrder: { order: { id: expect.any(String) as unknown } } } },
  ),
  ...overEach(
    'one key ten times at once: one order',
    async (stage, ask) => {
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 10 }, () => ask(place(stage, key))));
      expect(new Set(answers.map(orderIn)).size).toBe(1);
      return answers[0] as Answer;
    },
    { data: { placeOrder: { order: { id: expect.any(String) as unknown } } } },
  ),
  ...overEach(
    'the key of a refund for a larger one',
    async (stage, ask) => {
      const key = randomUUID();
      expect((await ask(refund(stage, key, 1), 'manager')).body?.errors).toBeUndefined();
      return ask(refund(stage, key, 2), 'manager');
    },
    { denied: 'IDEMPOTENCY_CONFLICT' },
  ),
  ...overEach('an empty key', (stage, ask) => ask(place(stage, '')), { denied: 'BAD_USER_INPUT' }),
  ...overEach('a key of 10 KB', (stage, ask) => ask(place(stage, 'x'.repeat(10_000))), { denied: 'BAD_USER_INPUT' }),
];
