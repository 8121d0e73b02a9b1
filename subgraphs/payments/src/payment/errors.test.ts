import { expect, test } from '@jest/globals';
import { InvalidPaymentToken, PaymentNotRefundable, ProviderUnavailable, RefundKeyConflict } from './errors.ts';

test('each refusal has the code that the API promises', () => {
  const cause = new Error('timeout');
  expect(new InvalidPaymentToken().code).toBe('BAD_USER_INPUT');
  expect(new ProviderUnavailable(cause)).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', cause });
  expect(new PaymentNotRefundable('Only 3 of it is left.').code).toBe('PAYMENT_NOT_REFUNDABLE');
  expect(new RefundKeyConflict().code).toBe('IDEMPOTENCY_CONFLICT');
});
