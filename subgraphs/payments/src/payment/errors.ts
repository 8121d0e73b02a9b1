import { DomainError } from '@brigade/service-kit';

/** The token is not one that the provider knows. */
export class InvalidPaymentToken extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  constructor() {
    super('The payment provider does not know this token.');
  }
}

/** The provider can't be reached now; try again. */
export class ProviderUnavailable extends DomainError {
  readonly code = 'PROVIDER_UNAVAILABLE';
  constructor(cause?: unknown) {
    super('The payment provider does not answer. Try again in a moment.');
    this.cause = cause;
  }
}

/** The idempotency key was used before, for a refund of another amount. */
export class RefundKeyConflict extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  constructor() {
    super('This idempotency key was used with another refund. Use a new key for a new refund.');
  }
}

export class PaymentNotRefundable extends DomainError {
  readonly code = 'PAYMENT_NOT_REFUNDABLE';
}
