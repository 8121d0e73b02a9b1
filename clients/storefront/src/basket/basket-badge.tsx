import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { portionsIn } from './basket-store.ts';
import { useBasket } from './use-basket.ts';

/** How much is in the basket, from every page; the way to the checkout. */
export function BasketBadge() {
  const { t } = useText();
  const count = useBasket(({ lines }) => portionsIn(lines));
  return (
    <Link to="/checkout" className="basket-badge" aria-label={t('basket.badge', { count })}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path
          d="M4 9h16l-1.6 9.2a2 2 0 0 1-2 1.8H7.6a2 2 0 0 1-2-1.8zM8 9l3-5m5 5-3-5"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {count > 0 && <span aria-hidden="true">{count}</span>}
    </Link>
  );
}
