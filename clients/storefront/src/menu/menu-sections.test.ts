import type { DietaryTag } from '@brigade/graphql';
import { expect, test } from '@jest/globals';
import { sectionsOf } from './menu-sections.ts';

const sweets = { id: 'c2', name: 'Desserts', position: 2 };
const pizza = { id: 'c1', name: 'Pizza', position: 1 };
const dish = (name: string, category: typeof pizza, dietaryTags: DietaryTag[] = []) => ({
  name,
  description: `${name} of the house`,
  dietaryTags,
  category,
});
const menu = [
  dish('Crème brûlée', sweets, ['VEGETARIAN']),
  dish('Margherita', pizza, ['VEGETARIAN']),
  dish('Ham', pizza),
];
const found = (search: string, tags: DietaryTag[] = []) =>
  sectionsOf(menu, { search, tags }).map(({ name, dishes }) => [name, dishes.map((one) => one.name)]);

test('dishes stand by category, in the order of the menu', () => {
  expect(found('')).toEqual([
    ['Pizza', ['Margherita', 'Ham']],
    ['Desserts', ['Crème brûlée']],
  ]);
});

test.each(['creme', 'BRÛLÉE creme', ' desserts '])('%j is found whatever its case, accents and order', (search) => {
  expect(found(search)).toEqual([['Desserts', ['Crème brûlée']]]);
});

test('all tags must fit, and what is empty is left out', () => {
  expect(found('', ['VEGETARIAN'])).toEqual([
    ['Pizza', ['Margherita']],
    ['Desserts', ['Crème brûlée']],
  ]);
  expect(found('house pizza', ['VEGAN'])).toEqual([]);
});
