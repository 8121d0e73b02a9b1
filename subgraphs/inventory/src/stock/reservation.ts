/** So much of each ingredient, in its own unit. Sorted by id, so that rows are always locked in one order. */
export type Needs = readonly { ingredientId: string; quantity: number }[];

export interface Level {
  ingredientId: string;
  /** Free to be reserved; what is reserved is not counted here. */
  onHand: number;
  version: number;
}

export interface Shortage {
  ingredientId: string;
  needed: number;
  available: number;
}

export type ReserveDecision = { reserved: true } | { reserved: false; shortages: Shortage[] };

/** What an order takes in all: portions times recipe, summed over its lines. */
export function needsOf(
  lines: readonly { dishId: string; quantity: number }[],
  recipes: ReadonlyMap<string, readonly { ingredientId: string; quantity: number }[]>,
): Needs {
  const totals = new Map<string, number>();
  for (const { dishId, quantity: portions } of lines) {
    for (const { ingredientId, quantity } of recipes.get(dishId) ?? []) {
      totals.set(ingredientId, (totals.get(ingredientId) ?? 0) + portions * quantity);
    }
  }
  return [...totals]
    .map(([ingredientId, quantity]) => ({ ingredientId, quantity }))
    .toSorted((a, b) => (a.ingredientId < b.ingredientId ? -1 : 1));
}

/** All or nothing: reserved only if every ingredient suffices. An ingredient that nobody knows counts as none left. */
export function decideReserve(needs: Needs, levels: ReadonlyMap<string, Level>): ReserveDecision {
  const shortages = needs
    .map(({ ingredientId, quantity }) => ({
      ingredientId,
      needed: quantity,
      available: levels.get(ingredientId)?.onHand ?? 0,
    }))
    .filter(({ needed, available }) => available < needed);
  return shortages.length === 0 ? { reserved: true } : { reserved: false, shortages };
}

const MAX_GRAPHQL_INT = 2_147_483_647;

/** How many portions the stock allows, by the ingredient that is shortest; at most what an Int of the API can say. */
export const portionsOf = (recipe: Needs, onHand: (ingredientId: string) => number): number =>
  recipe.length === 0
    ? 0
    : Math.min(
        MAX_GRAPHQL_INT,
        ...recipe.map(({ ingredientId, quantity }) => Math.floor(onHand(ingredientId) / quantity)),
      );

export type ReservationStatus = 'HELD' | 'COMMITTED' | 'CONSUMED' | 'RELEASED' | 'REJECTED';
export type ReservationEvent = 'capture' | 'release' | 'complete';

/**
 * Where a reservation goes. HELD until it is paid for, COMMITTED until the food is handed over; each until the order is off.
 * That its time is over does not end it: whether the order goes on only orders knows. The three other states are final: whatever comes late changes nothing. A release before the order was heard of
 * (`undefined`) leaves a mark, so that the order, when it comes, reserves nothing.
 */
export function nextStatus(
  status: ReservationStatus | undefined,
  event: ReservationEvent,
): ReservationStatus | undefined {
  if (status === undefined) return event === 'release' ? 'RELEASED' : undefined;
  const holdsStock = status === 'HELD' || status === 'COMMITTED';
  switch (event) {
    case 'capture':
      return status === 'HELD' ? 'COMMITTED' : status;
    case 'release':
      return holdsStock ? 'RELEASED' : status;
    case 'complete':
      return holdsStock ? 'CONSUMED' : status;
    default:
      return event satisfies never;
  }
}
