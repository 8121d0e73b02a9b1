import { randomFrom } from './random.ts';

/** So many virtual guests there are; each has a seat from 0 on. */
export const SEATS = 8;
const MOST_DISHES = 3;
const MOST_PORTIONS = 2;

export interface MenuDish {
  readonly id: string;
  /** What the stock allows; null where nobody knows. */
  readonly availablePortions: number | null;
}

export interface PlannedOrder {
  readonly seat: number;
  readonly lines: readonly { readonly dishId: string; readonly quantity: number }[];
}

/** Which order of a seed it is, from 0 on. */
export interface Turn {
  readonly seed: number;
  readonly step: number;
}

/**
 * How long the guests think before an order, milliseconds: guests who come independently of each other leave pauses that
 * are distributed exponentially, with a mean of 60,000 / `ordersPerMinute`.
 */
export function pauseBefore({ seed, step }: Turn, ordersPerMinute: number): number {
  const random = randomFrom(seed, step, 1);
  return -Math.log(1 - random()) * (60_000 / ordersPerMinute);
}

/** Who orders what: one to three dishes of those that are to be had; undefined where there are none. */
export function nextOrder({ seed, step }: Turn, menu: readonly MenuDish[]): PlannedOrder | undefined {
  const random = randomFrom(seed, step, 2);
  const below = (limit: number) => Math.floor(random() * limit);
  const seat = below(SEATS);
  const dishes = menu
    .filter(({ availablePortions }) => availablePortions === null || availablePortions >= MOST_PORTIONS)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
  if (dishes.length === 0) return undefined;
  const wanted = Math.min(1 + below(MOST_DISHES), dishes.length);
  const lines = Array.from({ length: wanted }, () => {
    const [dish] = dishes.splice(below(dishes.length), 1) as [MenuDish];
    return { dishId: dish.id, quantity: 1 + below(MOST_PORTIONS) };
  });
  return { seat, lines };
}
