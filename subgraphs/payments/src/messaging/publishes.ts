import { paymentCaptured, paymentDeclined, paymentRefunded, type Envelope, type Money } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import type { News } from '../payment/decide.ts';

/** What goes out: each piece of news about an order's money, once. */
export function messageOf(of: { id: string; orderId: string; currency: string }, news: News): Envelope {
  const { id: paymentId, orderId } = of;
  const money = (amountMinor: number): Money => ({ amountMinor, currency: of.currency as Money['currency'] });
  switch (news.type) {
    case 'CAPTURED':
      return createMessage(paymentCaptured, orderId, { orderId, paymentId, amount: money(news.amountMinor) });
    case 'DECLINED':
      return createMessage(paymentDeclined, orderId, { orderId, paymentId, reason: news.reason });
    case 'REFUNDED':
      return createMessage(paymentRefunded, orderId, {
        orderId,
        paymentId,
        amount: money(news.amountMinor),
        refundedTotal: money(news.refundedMinor),
      });
    default:
      return news satisfies never;
  }
}
