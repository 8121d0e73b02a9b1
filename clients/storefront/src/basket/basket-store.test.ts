import { describe, expect, test } from '@jest/globals';
import { createBasket, portionsIn } from './basket-store.ts';

const margherita = { id: 'd1', name: 'Margherita' };
const soup = { id: 'd2', name: 'Soup' };

/** What the browser keeps, and the tabs that look at it. */
function device(kept?: unknown) {
  const items = new Map<string, string>();
  if (kept !== undefined) items.set('brigade-basket', JSON.stringify({ state: kept, version: 1 }));
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  return { open: () => createBasket(storage) };
}

describe('the basket', () => {
  test('dishes are put in, counted and taken out', () => {
    const { getState } = device().open();
    getState().add(margherita);
    getState().add(soup);
    getState().add(margherita);
    expect(getState().lines).toEqual([
      { dishId: 'd1', name: 'Margherita', quantity: 2 },
      { dishId: 'd2', name: 'Soup', quantity: 1 },
    ]);
    expect(portionsIn(getState().lines)).toBe(3);
    getState().remove('d1');
    getState().setQuantity('d2', 0);
    expect(getState().lines).toEqual([]);
  });

  test('it survives a reload', () => {
    const here = device();
    here.open().getState().add(soup);
    expect(here.open().getState().lines).toEqual([{ dishId: 'd2', name: 'Soup', quantity: 1 }]);
  });

  test.each([
    [21, 20],
    [20, 20],
    [3.9, 3],
    [Number.NaN, undefined],
    [-1, undefined],
  ])('asked for %p portions it has %p', (wanted, has) => {
    const { getState } = device().open();
    getState().add(soup);
    getState().setQuantity('d2', wanted);
    expect(getState().lines[0]?.quantity).toBe(has);
  });

  test('one more than twenty is twenty, and a 51st dish stays out', () => {
    const { getState } = device().open();
    for (let i = 0; i < 25; i += 1) getState().add(soup);
    expect(getState().lines[0]?.quantity).toBe(20);
    for (let i = 0; i < 60; i += 1) getState().add({ id: `x${i}`, name: 'x' });
    expect(getState().lines).toHaveLength(50);
  });

  test.each([
    [{ lines: 'nonsense' }],
    [null],
    [{ lines: [null, 7, { dishId: 5, name: 'x', quantity: 1 }, { dishId: 'a', name: 'x', quantity: 'many' }] }],
  ])('what was kept and is no basket is an empty one: %j', (kept) => {
    expect(device(kept).open().getState().lines).toEqual([]);
  });

  test('of what was kept, numbers are brought into bounds and a dish stands once', () => {
    const line = { dishId: 'd1', name: 'Margherita' };
    const kept = {
      lines: [
        { ...line, quantity: 2 },
        { ...line, quantity: 300 },
      ],
    };
    expect(device(kept).open().getState().lines).toEqual([{ ...line, quantity: 20 }]);
  });
});
