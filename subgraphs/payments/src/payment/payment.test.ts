import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { captureKey, nextStatus, refundKey, type PaymentEvent, type PaymentStatus } from './payment.ts';

const after = (...events: PaymentEvent[]): PaymentStatus => events.reduce(nextStatus, 'EXPECTED' as PaymentStatus);
const anyEvent = fc.constantFrom<PaymentEvent>('stock-reserved', 'called-off', 'charged', 'declined', 'all-refunded');

describe("a payment's life", () => {
  test.each<[string, PaymentEvent[], PaymentStatus]>([
    ['is captured once its stock is reserved', ['stock-reserved', 'charged'], 'CAPTURED'],
    ['asks the provider only after that', ['charged'], 'EXPECTED'],
    ['ends where the provider refuses', ['stock-reserved', 'declined'], 'DECLINED'],
    ['takes nothing when called off before', ['called-off', 'stock-reserved', 'charged'], 'VOIDED'],
    ['is given back when called off after', ['stock-reserved', 'charged', 'called-off'], 'REFUNDING'],
    ['ends when all went back', ['stock-reserved', 'charged', 'called-off', 'all-refunded'], 'REFUNDED'],
    ['also by refunds of staff', ['stock-reserved', 'charged', 'all-refunded'], 'REFUNDED'],
    ['is unwound when called off while the answer is open', ['stock-reserved', 'called-off'], 'UNWINDING'],
    ['then given back if it was taken', ['stock-reserved', 'called-off', 'charged'], 'REFUNDING'],
    ['or closed if it was not', ['stock-reserved', 'called-off', 'declined'], 'VOIDED'],
  ])('%s', (_title, events, status) => {
    expect(after(...events)).toBe(status);
  });

  test('an event that comes twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), anyEvent, (before, event) => {
        const once = nextStatus(after(...before), event);
        expect(nextStatus(once, event)).toBe(once);
      }),
    );
  });

  test('whatever comes after the end is ignored', () => {
    fc.assert(
      fc.property(fc.constantFrom<PaymentStatus>('DECLINED', 'REFUNDED', 'VOIDED'), anyEvent, (ended, event) => {
        expect(nextStatus(ended, event)).toBe(ended);
      }),
    );
  });

  test('a payment that was called off never ends up holding money', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.array(anyEvent), (before, later) => {
        expect(after(...before, 'called-off', ...later)).not.toBe('CAPTURED');
      }),
    );
  });
});

test('the keys of charge and refund are stable and never meet', () => {
  expect(captureKey('7')).toBe(captureKey('7'));
  expect(refundKey('7')).toBe(refundKey('7'));
  expect(captureKey('7')).not.toBe(refundKey('7'));
});
