import { describe, expect, test } from '@jest/globals';
import { priceBasket, type OfferedDish } from './priced-basket.ts';

const dish = (id: string, more: Partial<OfferedDish> = {}): OfferedDish => ({
  id,
  name: id,
  available: true,
  availablePortions: 10,
  price: { amountMinor: 890, currency: 'EUR' },
  ...more,
});
const line = (dishId: string, quantity = 1) => ({ dishId, name: dishId, quantity });

describe('a basket beside the menu', () => {
  test('lines cost what the menu says', () => {
    const basket = priceBasket([line('a', 2), line('b')], [dish('a'), dish('b')]);
    expect(basket.total).toEqual({ amountMinor: 2_670, currency: 'EUR' });
    expect(basket.lines[0]?.total).toEqual({ amountMinor: 1_780, currency: 'EUR' });
    expect(basket.canBeOrdered).toBe(true);
  });

  test.each([
    ['a dish that has vanished', [], 'vanished'],
    ['a dish that is not offered', [dish('a', { available: false })], 'off'],
    ['a dish that is sold out', [dish('a', { availablePortions: 0 })], 'sold-out'],
    ['a dish with fewer portions than wanted', [dish('a', { availablePortions: 2 })], 'few'],
  ])('%s is said, costs nothing, and keeps the order back', (_what, menu, kind) => {
    const basket = priceBasket([line('a', 3), line('b')], [...menu, dish('b')]);
    expect(basket.lines[0]?.fault?.kind).toBe(kind);
    expect(basket.total?.amountMinor).toBe(890);
    expect(basket.canBeOrdered).toBe(false);
  });

  test('a stock that nobody can tell is no fault', () => {
    expect(priceBasket([line('a', 3)], [dish('a', { availablePortions: null })]).canBeOrdered).toBe(true);
  });

  test('while the menu is not known nothing has vanished, and nothing can be ordered', () => {
    const basket = priceBasket([line('a')], undefined);
    expect(basket.lines[0]?.fault).toBeUndefined();
    expect(basket.canBeOrdered).toBe(false);
    expect(basket.total).toBeUndefined();
  });

  test('an empty basket can not be ordered', () => {
    expect(priceBasket([], [dish('a')]).canBeOrdered).toBe(false);
  });
});
