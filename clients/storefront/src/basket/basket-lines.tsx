import { useText } from '../i18n/use-text.ts';
import { useFormats } from '../parts/use-formats.ts';
import { MAX_PORTIONS } from './basket-store.ts';
import type { LineFault, PricedLine } from './priced-basket.ts';
import { QuantityStepper } from './quantity-stepper.tsx';
import { useBasket } from './use-basket.ts';

/** What is in the basket, each with what is wrong with it. @param refused dishes that the last try was refused for */
export function BasketLines({ lines, refused = [] }: { lines: readonly PricedLine[]; refused?: readonly string[] }) {
  const { t } = useText();
  const { money } = useFormats();
  const setQuantity = useBasket((basket) => basket.setQuantity);
  const remove = useBasket((basket) => basket.remove);
  return (
    <ul className="basket-lines">
      {lines.map(({ dishId, name, quantity, total, fault }) => {
        const problem = fault ?? (refused.includes(dishId) ? { kind: 'off' as const } : undefined);
        return (
          <li key={dishId} className={problem && problem.kind !== 'few' ? 'basket-line gone' : 'basket-line'}>
            <span className="basket-name">{name}</span>
            <span className="price">{total && money(total)}</span>
            {(!problem || problem.kind === 'few') && (
              <QuantityStepper
                name={name}
                quantity={quantity}
                max={MAX_PORTIONS}
                onChange={(next) => setQuantity(dishId, next)}
              />
            )}
            {problem && (
              <span className="basket-fault" role="status">
                {faultText(problem)}
              </span>
            )}
            {problem?.kind === 'few' ? (
              <button type="button" className="quiet-link" onClick={() => setQuantity(dishId, problem.left)}>
                {t('basket.take', { count: problem.left })}
              </button>
            ) : (
              <button
                type="button"
                className="quiet-link"
                aria-label={t('basket.removeDish', { name })}
                onClick={() => remove(dishId)}
              >
                {t('basket.remove')}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );

  function faultText(fault: LineFault): string {
    return fault.kind === 'few' ? t('basket.faults.few', { count: fault.left }) : t(`basket.faults.${fault.kind}`);
  }
}
