import { memo, useEffect, useRef } from 'react';
import { useText } from '../i18n/use-text.ts';
import { MAX_PORTIONS } from '../basket/basket-store.ts';
import { QuantityStepper } from '../basket/quantity-stepper.tsx';
import { useBasket } from '../basket/use-basket.ts';
import { useFormats } from '../parts/use-formats.ts';
import { DishPicture } from '../pictures/dish-picture.tsx';
import type { MenuDish } from './use-menu.ts';

/** Below so many portions their number is worth knowing. */
const FEW = 20;

/** A dish as the menu offers it. */
export const DishCard = memo(function DishCard({ dish }: { dish: MenuDish }) {
  const { t } = useText();
  const { money } = useFormats();
  const quantity = useBasket(({ lines }) => lines.find(({ dishId }) => dishId === dish.id)?.quantity ?? 0);
  const add = useBasket((basket) => basket.add);
  const setQuantity = useBasket((basket) => basket.setQuantity);
  const foot = useRef<HTMLDivElement>(null);
  const isPressed = useRef(false);
  const isInBasket = quantity > 0;
  useEffect(() => {
    // The button that was pressed is gone: what stands in its place has the focus.
    if (isPressed.current) foot.current?.querySelector<HTMLElement>('button:last-of-type')?.focus();
    isPressed.current = false;
  }, [isInBasket]);
  const portions = dish.availablePortions;
  const isGone = !dish.available || portions === 0;
  return (
    <li className={isGone ? 'dish gone' : 'dish'} data-dish={dish.id}>
      <DishPicture dish={dish} />
      <div className="dish-text">
        <h3>{dish.name}</h3>
        <p className="soft">{dish.description}</p>
        <ul className="tags" aria-label={t('menu.diet')}>
          {dish.dietaryTags.map((tag) => (
            <li key={tag} className={`tag ${tag.toLowerCase()}`}>
              {t(`tags.${tag}`)}
            </li>
          ))}
        </ul>
      </div>
      <div className="dish-foot" ref={foot}>
        <span className="price">{money(dish.price)}</span>
        <span className={portions !== null && portions <= FEW ? 'stock few' : 'stock'}>{stockText()}</span>
        {isInBasket ? (
          <QuantityStepper
            name={dish.name}
            quantity={quantity}
            max={isGone ? quantity : Math.min(MAX_PORTIONS, portions ?? MAX_PORTIONS)}
            onChange={(next) => {
              isPressed.current = next === 0;
              setQuantity(dish.id, next);
            }}
          />
        ) : (
          <button
            type="button"
            className="button primary"
            disabled={isGone}
            aria-label={t('menu.addDish', { name: dish.name })}
            onClick={() => {
              isPressed.current = true;
              add(dish);
            }}
          >
            {t('menu.add')}
          </button>
        )}
      </div>
    </li>
  );

  function stockText(): string {
    if (!dish.available) return t('menu.off');
    if (portions === null) return t('menu.stockUnknown');
    if (portions === 0) return t('menu.soldOut');
    return portions <= FEW ? t('menu.left', { count: portions }) : '';
  }
});
