import { demoCategories, demoDishes } from '@brigade/schema/demo-data';
import { describe, expect, test } from '@jest/globals';
import { motifOf, type MotifKind } from './motif.ts';

const categories = new Map(demoCategories.map((category) => [category.id, category]));
const menu = demoDishes.map(({ name, description, dietaryTags, categoryId }) => {
  const category = categories.get(categoryId);
  return { name, description, dietaryTags, ...(category && { category }) };
});
const dishCalled = (name: string) => menu.find((dish) => dish.name === name) ?? { name };

describe('what is drawn for a dish', () => {
  test.each<[string, MotifKind]>([
    ['French onion soup', 'soup'],
    ['Vegetable spring rolls', 'rolls'],
    ['Arancini', 'fried'],
    ['Green salad with shaved Parmesan', 'salad'],
    ['Margherita', 'pizza'],
    ['Four cheeses', 'pizza'],
    ['Carbonara', 'pasta'],
    ['White truffle risotto', 'risotto'],
    ['Pad thai with prawns', 'noodles'],
    ['Red curry with tofu', 'curry'],
    ['Crispy beef with ginger', 'stir-fry'],
    ['Vegetable fried rice', 'rice'],
    ['Steak frites', 'meat'],
    ['Tofu steak with ginger', 'tofu'],
    ['Fish and chips', 'fish'],
    ['Tiramisù', 'glass'],
    ['Crème brûlée', 'ramekin'],
    ['Chocolate fondant', 'cake'],
    ['Lemon tart', 'tart'],
  ])('%s is a %s', (name, kind) => {
    expect(motifOf(dishCalled(name)).kind).toBe(kind);
  });

  test('no dish of the house is left without a drawing of its own', () => {
    expect(menu.filter((dish) => motifOf(dish).kind === 'plate')).toEqual([]);
  });

  test('what it has can be seen, what it is without can not', () => {
    expect(motifOf(dishCalled('Pizza with ham and mushrooms')).ingredients).toEqual(
      expect.arrayContaining(['ham', 'mushroom', 'tomato', 'mozzarella']),
    );
    expect(motifOf(dishCalled('Garden pizza')).ingredients).not.toContain('cheese');
    expect(motifOf(dishCalled('Four cheeses')).ingredients).not.toContain('tomato');
  });

  test('words that nobody has thought of get a plate, and a description helps', () => {
    expect(motifOf({ name: 'Chef’s surprise' }).kind).toBe('plate');
    expect(motifOf({ name: 'Chef’s surprise', description: 'A soup of what the day brings.' }).kind).toBe('soup');
    expect(motifOf({ name: 'Burger', dietaryTags: ['VEGAN'] }).kind).toBe('tofu');
  });

  test('the same words give the same motif', () => {
    for (const dish of menu) expect(motifOf({ ...dish })).toEqual(motifOf(dish));
  });
});
