import { beforeEach, describe, expect, test } from '@jest/globals';
import { CheckoutAttempts, type OrderContent } from './checkout-attempt.ts';

const MINUTE = 60_000;
const content: OrderContent = {
  customerId: 'guest',
  lines: [{ dishId: 'soup', quantity: 2 }],
  deliveryAddress: { line1: 'Main Street 1', city: 'Bern', postcode: '3000' },
  paymentMethodId: 'card',
};

describe('the idempotency key of a checkout', () => {
  let kept: Map<string, string>;
  let clock: number;
  let made: number;
  const page = () =>
    new CheckoutAttempts({
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
      },
      newKey: () => `key-${(made += 1)}`,
      now: () => clock,
    });
  beforeEach(() => {
    kept = new Map();
    clock = 1_800_000_000_000;
    made = 0;
  });

  test('pressing twice, and again after a reload, sends one key', () => {
    const here = page();
    const key = here.keyFor(content);
    expect(here.keyFor({ ...content, lines: [...content.lines] })).toBe(key);
    clock += 5 * MINUTE;
    expect(page().keyFor(content)).toBe(key);
  });

  test.each<[string, Partial<OrderContent>]>([
    ['dishes', { lines: [{ dishId: 'soup', quantity: 3 }] }],
    ['address', { deliveryAddress: { ...content.deliveryAddress, line1: 'Main Street 2' } }],
    ['card', { paymentMethodId: 'another' }],
    ['guest', { customerId: 'another' }],
  ])('other %s are another order', (_what, change) => {
    const here = page();
    const key = here.keyFor(content);
    expect(here.keyFor({ ...content, ...change })).not.toBe(key);
  });

  test('once it is placed, the same again is a new order', () => {
    const here = page();
    const key = here.keyFor(content);
    here.end();
    expect(here.keyFor(content)).not.toBe(key);
  });

  test('an attempt of long ago is not taken up', () => {
    const key = page().keyFor(content);
    clock += 16 * MINUTE;
    expect(page().keyFor(content)).not.toBe(key);
  });

  test('what is kept and can not be read is no attempt', () => {
    kept.set('brigade-checkout', '{"key":');
    expect(page().keyFor(content)).toBe('key-1');
  });
});
