import type { OrderStatus, PaymentStatus, TrackedOrderFragment } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';
import { ElapsedTime } from './elapsed-time.tsx';
import { reasonCode } from './reason.ts';
import { isOpen } from './use-tracked-order.ts';

type MoneyNews = 'nothingTaken' | 'refunding' | 'refunded';

const moneyNews: Partial<Record<PaymentStatus, MoneyNews>> = {
  DECLINED: 'nothingTaken',
  VOIDED: 'nothingTaken',
  UNWINDING: 'refunding',
  REFUNDING: 'refunding',
  REFUNDED: 'refunded',
};
const tones: Partial<Record<OrderStatus, string>> = {
  READY: 'good',
  COMPLETED: 'good',
  REJECTED: 'bad',
  FAILED: 'bad',
  CANCELLED: 'over',
};

/** Where the order stands, large; said aloud when it changes. */
export function OrderHead({ order }: { order: TrackedOrderFragment }) {
  const { t } = useText();
  const { status, reason, payment } = order;
  const isTimed = isOpen(status) || status === 'READY' || status === 'COMPLETED';
  const code = reason === null ? undefined : reasonCode(reason);
  const money = payment && moneyNews[payment.status];
  return (
    <section className={`order-head card ${tones[status] ?? 'busy'}`}>
      <div role="status" aria-live="polite" aria-atomic="true" data-status={status}>
        <h1>{t(`tracking.headline.${status}`)}</h1>
        <p>{t(`tracking.detail.${status}`)}</p>
        {reason !== null && status !== 'CANCELLED' && <p>{code ? t(`reasons.${code}`) : reason}</p>}
        {money && <p className="money">{t(`tracking.money.${money}`)}</p>}
      </div>
      {isTimed && <ElapsedTime since={order.placedAt} until={isOpen(status) ? undefined : endOf(order)} />}
    </section>
  );
}

/** When it was ready, or came to its end: a refund that comes later does not make the wait longer. */
function endOf({ status, timeline, updatedAt }: TrackedOrderFragment): string {
  const ready = timeline.find((entry) => entry.status === 'READY');
  return (ready ?? timeline.find((entry) => entry.status === status))?.at ?? updatedAt;
}
