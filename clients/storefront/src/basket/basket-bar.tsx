import { useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import { useFormats } from '../parts/use-formats.ts';
import { BasketPanel } from './basket-panel.tsx';
import { portionsIn } from './basket-store.ts';
import { priceBasket, type OfferedDish } from './priced-basket.ts';
import { useBasket } from './use-basket.ts';

/** On narrow screens the basket is a bar at the bottom that opens. */
export function BasketBar({ menu }: { menu: readonly OfferedDish[] | undefined }) {
  const { t } = useText();
  const { money } = useFormats();
  const dialog = useRef<HTMLDialogElement>(null);
  const lines = useBasket((basket) => basket.lines);
  const { total } = priceBasket(lines, menu);
  return (
    <>
      {lines.length > 0 && (
        <div className="basket-bar">
          <button type="button" className="button primary wide" onClick={() => dialog.current?.showModal()}>
            <span>{t('basket.show', { count: portionsIn(lines) })}</span>
            <strong>{total && money(total)}</strong>
          </button>
        </div>
      )}
      <dialog ref={dialog} className="dialog sheet" aria-label={t('basket.title')}>
        <BasketPanel menu={menu} />
        <form method="dialog">
          <button type="submit" className="button wide">
            {t('basket.close')}
          </button>
        </form>
      </dialog>
    </>
  );
}
