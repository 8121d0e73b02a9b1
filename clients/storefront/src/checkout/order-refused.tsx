import { useEffect, useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Notice } from '../parts/notice.tsx';
import type { Refusal } from './refusal.ts';

/** Why the order was not taken, brought into view. */
export function OrderRefused({ refusal }: { refusal: Refusal }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  return (
    <div ref={place}>
      <Notice tone="error">{text()}</Notice>
    </div>
  );

  function text(): string {
    switch (refusal.at) {
      case 'basket':
        return t('checkout.refusals.basket');
      case 'address':
        return refusal.message;
      case 'payment':
        return t(`checkout.refusals.payment.${refusal.reason}`);
      case 'session':
        return t('checkout.refusals.session');
      case 'order':
        return refusal.message || t(`checkout.refusals.order.${refusal.reason}`);
      default:
        return refusal satisfies never;
    }
  }
}
