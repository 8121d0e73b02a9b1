import type { Money, OrderLine } from '@brigade/schema';
import { DishUnavailable } from './errors.ts';

/** What orders knows of a dish: its replica of the menu. */
export interface KnownDish {
  dishId: string;
  name: string;
  price: Money;
  available: boolean;
}

export interface RequestedLine {
  dishId: string;
  quantity: number;
}

/**
 * Prices the requested lines at today's menu; the client's idea of a price plays no part.
 * @throws DishUnavailable that names every dish that is unknown or off the menu
 */
export function priceLines(
  requested: readonly RequestedLine[],
  dishes: ReadonlyMap<string, KnownDish>,
  newId: () => string,
): { lines: OrderLine[]; total: Money } {
  const missing = requested.filter(({ dishId }) => !dishes.get(dishId)?.available).map(({ dishId }) => dishId);
  if (missing.length > 0) throw new DishUnavailable([...new Set(missing)]);
  const lines = requested.map(({ dishId, quantity }): OrderLine => {
    const dish = dishes.get(dishId) as KnownDish;
    return { lineId: newId(), dishId, name: dish.name, quantity, unitPrice: dish.price };
  });
  const amountMinor = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amountMinor, 0);
  return { lines, total: { amountMinor, currency: 'EUR' } };
}
