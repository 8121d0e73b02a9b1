import { useStore } from 'zustand';
import { createBasket, type Basket } from './basket-store.ts';

const KEY = 'brigade-basket';

export const basket = createBasket(localStorage);

// Another tab's basket is this one's.
addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) void basket.persist.rehydrate();
});

export const useBasket = <T>(select: (state: Basket) => T): T => useStore(basket, select);
