/**
 * A payment's life. Amounts in minor units; `capturedMinor - refundedMinor` is what we hold.
 *
 * EXPECTED  the order is known, its stock is not reserved yet
 * CAPTURING the provider is asked (again and again, under one key) until it says yes or no
 * CAPTURED  the money is ours
 * DECLINED  the provider refused; nothing was taken
 * UNWINDING called off while the provider was being asked: find out what happened, then give it back or close
 * REFUNDING money is being given back (the rest after partial refunds)
 * REFUNDED  all of it went back
 * VOIDED    called off before anything was taken
 */
export type PaymentStatus =
  'EXPECTED' | 'CAPTURING' | 'CAPTURED' | 'DECLINED' | 'UNWINDING' | 'REFUNDING' | 'REFUNDED' | 'VOIDED';

export type PaymentEvent = 'stock-reserved' | 'called-off' | 'charged' | 'declined' | 'all-refunded';

/** The states in which the worker has something to ask the provider. */
const workStatuses: readonly PaymentStatus[] = ['CAPTURING', 'UNWINDING', 'REFUNDING'];
export const hasWork = (status: PaymentStatus): boolean => workStatuses.includes(status);

/** Where a payment goes. Total: what comes late or twice leaves it where it is. */
export function nextStatus(status: PaymentStatus, event: PaymentEvent): PaymentStatus {
  switch (status) {
    case 'EXPECTED':
      if (event === 'stock-reserved') return 'CAPTURING';
      return event === 'called-off' ? 'VOIDED' : status;
    case 'CAPTURING':
      if (event === 'charged') return 'CAPTURED';
      if (event === 'declined') return 'DECLINED';
      return event === 'called-off' ? 'UNWINDING' : status;
    case 'UNWINDING':
      if (event === 'charged') return 'REFUNDING';
      return event === 'declined' ? 'VOIDED' : status;
    case 'CAPTURED':
      if (event === 'called-off') return 'REFUNDING';
      return event === 'all-refunded' ? 'REFUNDED' : status;
    case 'REFUNDING':
      return event === 'all-refunded' ? 'REFUNDED' : status;
    case 'DECLINED':
    case 'REFUNDED':
    case 'VOIDED':
      return status;
    default:
      return status satisfies never;
  }
}

/** The provider's idempotency keys: stable, so that asking again can't take or give twice. */
export const captureKey = (paymentId: string): string => `capture:${paymentId}`;
export const refundKey = (refundId: string): string => `refund:${refundId}`;
