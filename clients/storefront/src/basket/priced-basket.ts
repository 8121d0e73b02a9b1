import type { Money } from '@brigade/graphql';
import type { BasketLine } from './basket-store.ts';

/** What the menu says of a dish, as far as a basket wants to know. */
export interface OfferedDish {
  readonly id: string;
  readonly name: string;
  readonly available: boolean;
  /** Portions that the stock is enough for; null while nobody can tell. */
  readonly availablePortions: number | null;
  readonly price: Money;
}

/** Why a line can't be ordered as it is. */
export type LineFault =
  /** The menu has it no more. */
  | { readonly kind: 'vanished' }
  /** It is on the menu, and not to be had now. */
  | { readonly kind: 'off' }
  | { readonly kind: 'sold-out' }
  /** There are fewer than wanted. */
  | { readonly kind: 'few'; readonly left: number };

export interface PricedLine extends BasketLine {
  /** Of all its portions; undefined while the menu is not known, or where it has vanished. */
  readonly total: Money | undefined;
  readonly fault: LineFault | undefined;
}

export interface PricedBasket {
  readonly lines: readonly PricedLine[];
  /** What the lines that can be ordered cost together; undefined where there are none. */
  readonly total: Money | undefined;
  readonly canBeOrdered: boolean;
}

/** The basket beside the menu: prices, and what has become of its dishes. @param menu undefined while it is not known */
export function priceBasket(lines: readonly BasketLine[], menu: readonly OfferedDish[] | undefined): PricedBasket {
  const dishes = new Map(menu?.map((dish) => [dish.id, dish]));
  const priced = lines.map((line): PricedLine => {
    const dish = dishes.get(line.dishId);
    if (!dish) return { ...line, total: undefined, fault: menu && { kind: 'vanished' } };
    const total = { ...dish.price, amountMinor: dish.price.amountMinor * line.quantity };
    return { ...line, name: dish.name, total, fault: faultOf(dish, line.quantity) };
  });
  const orderable = priced.flatMap(({ total, fault }) => (total && !fault ? [total] : []));
  return {
    lines: priced,
    total: orderable[0] && {
      currency: orderable[0].currency,
      amountMinor: orderable.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    },
    canBeOrdered: priced.length > 0 && orderable.length === priced.length,
  };
}

function faultOf({ available, availablePortions }: OfferedDish, quantity: number): LineFault | undefined {
  if (!available) return { kind: 'off' };
  // Not knowing is no reason to refuse: the order finds out.
  if (availablePortions === null) return undefined;
  if (availablePortions === 0) return { kind: 'sold-out' };
  return availablePortions < quantity ? { kind: 'few', left: availablePortions } : undefined;
}
