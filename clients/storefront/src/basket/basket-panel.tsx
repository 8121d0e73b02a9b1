import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useFormats } from '../parts/use-formats.ts';
import { BasketLines } from './basket-lines.tsx';
import { priceBasket, type OfferedDish } from './priced-basket.ts';
import { useBasket } from './use-basket.ts';

/** The basket beside the menu. @param menu undefined while it is not known */
export function BasketPanel({ menu }: { menu: readonly OfferedDish[] | undefined }) {
  const { t } = useText();
  const { money } = useFormats();
  const kept = useBasket(({ lines }) => lines);
  const { lines, total, canBeOrdered } = priceBasket(kept, menu);
  if (lines.length === 0) {
    return (
      <section className="basket card">
        <h2>{t('basket.title')}</h2>
        <p className="soft">{t('basket.empty')}</p>
      </section>
    );
  }
  return (
    <section className="basket card">
      <h2>{t('basket.title')}</h2>
      <BasketLines lines={lines} />
      {total && (
        <p className="basket-total">
          <span>{t('basket.total')}</span>
          <strong>{money(total)}</strong>
        </p>
      )}
      {canBeOrdered || !menu ? (
        <Link to="/checkout" className="button primary wide">
          {t('basket.checkOut')}
        </Link>
      ) : (
        <p className="soft">{t('basket.blocked')}</p>
      )}
    </section>
  );
}
