import { describe, expect, test } from '@jest/globals';
import { hear, owedBack, settleCharge, settleRefund, unrequested, workOf, type Payment } from './decide.ts';

const payment = (status: Payment['status'], more: Partial<Payment> = {}): Payment => ({
  status,

  capturedMinor: 0,
  refundedMinor: 0,
  ...more,
});
const held = { chargeId: 'ch_1', capturedMinor: 500 };
const taken = { id: 'ch_1', status: 'succeeded', amountMinor: 500 } as const;
const refused = { id: 'ch_2', status: 'declined', amountMinor: 0, declineReason: 'card_declined' } as const;

describe('what is heard', () => {
  test('makes a payment due when there is something to ask, and lets it rest when it ends', () => {
    expect(hear(payment('EXPECTED'), 'stock-reserved')).toMatchObject({ status: 'CAPTURING', due: 'NOW' });
    expect(hear(payment('EXPECTED'), 'called-off')).toMatchObject({ status: 'VOIDED', due: 'NEVER' });
    expect(hear(payment('CAPTURED', held), 'stock-reserved')).toMatchObject({ status: 'CAPTURED', due: 'AS_BEFORE' });
  });
});

describe("the provider's answer", () => {
  test('is told once', () => {
    expect(settleCharge(payment('CAPTURING'), taken)).toEqual({
      status: 'CAPTURED',
      changes: held,
      due: 'NEVER',
      news: [{ type: 'CAPTURED', amountMinor: 500 }],
    });
    expect(settleCharge(payment('CAPTURED', held), taken)).toBeNull();
    expect(settleCharge(payment('CAPTURING'), refused)?.news).toEqual([{ type: 'DECLINED', reason: 'card_declined' }]);
    expect(settleCharge(payment('DECLINED'), refused)?.news).toEqual([]);
  });

  test('on a payment that was called off: what was taken is in the books and has to go back', () => {
    expect(settleCharge(payment('UNWINDING'), taken)).toMatchObject({ status: 'REFUNDING', changes: held, due: 'NOW' });
    expect(settleCharge(payment('UNWINDING'), refused)).toMatchObject({ status: 'VOIDED', due: 'NEVER', news: [] });
  });
});

describe('refunds', () => {
  test('say how much went back in all, and end the payment with the last of it', () => {
    const partly = payment('REFUNDING', { ...held, refundedMinor: 100 });
    expect(settleRefund(partly, 150)).toMatchObject({
      status: 'REFUNDING',
      changes: { refundedMinor: 250 },
      due: 'AS_BEFORE',
      news: [{ type: 'REFUNDED', amountMinor: 150, refundedMinor: 250 }],
    });
    expect(settleRefund(partly, 400)).toMatchObject({ status: 'REFUNDED', due: 'NEVER' });
  });

  test('of an order that is off ask for the rest, once', () => {
    expect(unrequested(payment('CAPTURED', held), [{ amountMinor: 120 }])).toBe(380);
    expect(owedBack(payment('REFUNDING', held), [{ amountMinor: 120 }])).toBe(380);
    expect(owedBack(payment('REFUNDING', held), [{ amountMinor: 120 }, { amountMinor: 380 }])).toBe(0);
    expect(owedBack(payment('CAPTURED', held), [])).toBe(0);
  });
});

test('what the worker asks follows from the state', () => {
  expect(workOf({ status: 'CAPTURING' })).toBe('CHARGE');
  expect(workOf({ status: 'UNWINDING' })).toBe('VOID');
  expect(workOf({ status: 'REFUNDING' })).toBe('GIVE_BACK');
  expect(workOf({ status: 'CAPTURED' })).toBe('GIVE_BACK');
});
