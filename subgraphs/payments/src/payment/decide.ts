import { clip } from '@brigade/schema';
import { hasWork, nextStatus, type PaymentEvent, type PaymentStatus } from './payment.ts';

/** What a decision looks at. Amounts in minor units. */
export interface Payment {
  readonly status: PaymentStatus;
  /** The provider's id of the charge; none while no money is known to have been taken. */
  readonly chargeId?: string | null | undefined;
  readonly capturedMinor: number;
  readonly refundedMinor: number;
}

export interface Changes {
  chargeId?: string;
  capturedMinor?: number;
  refundedMinor?: number;
  declineReason?: string;
}

/** What others must be told. */
export type News =
  | { type: 'CAPTURED'; amountMinor: number }
  | { type: 'DECLINED'; reason: string }
  | { type: 'REFUNDED'; amountMinor: number; refundedMinor: number };

export interface Decision {
  status: PaymentStatus;
  changes: Changes;
  /** When the worker is to look at the payment: at once, not any more, or when it would have anyway. */
  due: 'NOW' | 'NEVER' | 'AS_BEFORE';
  news: readonly News[];
}

/** The provider's word on a charge, asked for or closed. */
export interface ChargeAnswer {
  id: string;
  status: 'succeeded' | 'declined';
  amountMinor: number;
  declineReason?: string | undefined;
}

/** What follows from a message: the stock is set aside, or the order is off. */
export const hear = (payment: Payment, event: 'stock-reserved' | 'called-off'): Decision => move(payment, event);

/**
 * What follows from the provider's answer, whatever has become of the payment meanwhile. An answer about a charge that
 * is in the books already changes nothing: null.
 */
export function settleCharge(payment: Payment, answer: ChargeAnswer): Decision | null {
  if (payment.chargeId) return null;
  if (answer.status === 'succeeded') {
    const { id: chargeId, amountMinor } = answer;
    return move(payment, 'charged', { chargeId, capturedMinor: amountMinor }, [{ type: 'CAPTURED', amountMinor }]);
  }
  const reason = clip(answer.declineReason || 'declined', 200);
  const decision = move(payment, 'declined', { declineReason: reason });
  const refused = decision.status === 'DECLINED' && payment.status !== 'DECLINED';
  return refused ? { ...decision, news: [{ type: 'DECLINED', reason }] } : decision;
}

/** What follows when a refund went through that had not been noted before. */
export function settleRefund(payment: Payment, amountMinor: number): Decision {
  const refundedMinor = payment.refundedMinor + amountMinor;
  const news: News[] = [{ type: 'REFUNDED', amountMinor, refundedMinor }];
  if (refundedMinor === payment.capturedMinor) return move(payment, 'all-refunded', { refundedMinor }, news);
  return { status: payment.status, changes: { refundedMinor }, due: 'AS_BEFORE', news };
}

/** What nobody has asked back yet, of what was taken. */
export const unrequested = (payment: Payment, requested: readonly { amountMinor: number }[]): number =>
  payment.capturedMinor - requested.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** What the order's end asks back beside the refunds that were requested before; 0 unless it was called off. */
export const owedBack = (payment: Payment, requested: readonly { amountMinor: number }[]): number =>
  payment.status === 'REFUNDING' ? Math.max(0, unrequested(payment, requested)) : 0;

/** What the worker has to ask the provider. GIVE_BACK: every refund that was requested, under a key each. */
export type Work = 'CHARGE' | 'VOID' | 'GIVE_BACK';

export function workOf({ status }: Pick<Payment, 'status'>): Work {
  if (status === 'CAPTURING') return 'CHARGE';
  return status === 'UNWINDING' ? 'VOID' : 'GIVE_BACK';
}

function move(payment: Payment, event: PaymentEvent, changes: Changes = {}, news: readonly News[] = []): Decision {
  const status = nextStatus(payment.status, event);
  const due = status === payment.status ? 'AS_BEFORE' : hasWork(status) ? 'NOW' : 'NEVER';
  return { status, changes, due, news };
}
