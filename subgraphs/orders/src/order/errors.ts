import { DomainError } from '@brigade/service-kit';
import type { OrderStatus } from './order.ts';

/** A dish is not on the menu, or not to be had now. */
export class DishUnavailable extends DomainError {
  readonly code = 'DISH_UNAVAILABLE';
  constructor(readonly dishIds: readonly string[]) {
    super(`Not available: ${dishIds.join(', ')}.`, { dishIds });
  }
}

/** The idempotency key was used before, for another order. */
export class IdempotencyConflict extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  constructor() {
    super('This idempotency key was used with another order. Use a new key for a new order.');
  }
}

export class OrderNotCancellable extends DomainError {
  readonly code = 'ORDER_NOT_CANCELLABLE';
  constructor(status: OrderStatus) {
    super(`An order that is ${status} can't be cancelled.`, { status });
  }
}

export class OrderNotReady extends DomainError {
  readonly code = 'ORDER_NOT_READY';
  constructor(status: OrderStatus) {
    super(`Only an order that is READY can be completed; this one is ${status}.`, { status });
  }
}
