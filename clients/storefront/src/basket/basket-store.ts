import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore } from 'zustand/vanilla';

/** Portions of one dish that an order may have. */
export const MAX_PORTIONS = 20;
/** Lines that an order may have. */
export const MAX_LINES = 50;

export interface BasketLine {
  readonly dishId: string;
  /** As the menu called it when it was put in: a dish that has vanished can still be named. */
  readonly name: string;
  readonly quantity: number;
}

export interface Basket {
  readonly lines: readonly BasketLine[];
  /** Puts a portion more in; no more than an order may have. */
  readonly add: (dish: { readonly id: string; readonly name: string }) => void;
  /** Portions from now on, at most 20; none takes the dish out. */
  readonly setQuantity: (dishId: string, quantity: number) => void;
  readonly remove: (dishId: string) => void;
  readonly clear: () => void;
}

/** The basket of this device, for all its tabs. @param storage where it survives a reload */
export const createBasket = (storage: StateStorage) =>
  createStore<Basket>()(
    persist(
      (set) => ({
        lines: [],
        add: ({ id, name }) => set(({ lines }) => ({ lines: withOneMore(lines, id, name) })),
        setQuantity: (dishId, quantity) =>
          set(({ lines }) => ({
            lines: lines
              .map((line) => (line.dishId === dishId ? { ...line, quantity: portions(quantity) } : line))
              .filter((line) => line.quantity > 0),
          })),
        remove: (dishId) => set(({ lines }) => ({ lines: lines.filter((line) => line.dishId !== dishId) })),
        clear: () => set({ lines: [] }),
      }),
      {
        name: 'brigade-basket',
        version: 1,
        storage: createJSONStorage(() => storage),
        partialize: ({ lines }) => ({ lines }),
        merge: (kept, basket) => ({ ...basket, lines: readLines(kept) }),
      },
    ),
  );

export type BasketStore = ReturnType<typeof createBasket>;

/** How many portions there are of everything. */
export const portionsIn = (lines: readonly BasketLine[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);

const portions = (wanted: number): number => Math.min(MAX_PORTIONS, Math.max(0, Math.trunc(wanted) || 0));

function withOneMore(lines: readonly BasketLine[], dishId: string, name: string): readonly BasketLine[] {
  if (lines.some((line) => line.dishId === dishId)) {
    return lines.map((line) =>
      line.dishId === dishId ? { ...line, name, quantity: portions(line.quantity + 1) } : line,
    );
  }
  return lines.length < MAX_LINES ? [...lines, { dishId, name, quantity: 1 }] : lines;
}

/** What was kept may be of another time, or anybody's: only what is a line stays. */
function readLines(kept: unknown): BasketLine[] {
  const { lines } = (kept ?? {}) as { lines?: unknown };
  if (!Array.isArray(lines)) return [];
  const known = new Map<string, BasketLine>();
  for (const { dishId, name, quantity } of lines.filter(Boolean) as Partial<BasketLine>[]) {
    if (typeof dishId !== 'string' || typeof name !== 'string' || !portions(Number(quantity))) continue;
    known.set(dishId, { dishId, name, quantity: portions(Number(quantity)) });
  }
  return [...known.values()].slice(0, MAX_LINES);
}
