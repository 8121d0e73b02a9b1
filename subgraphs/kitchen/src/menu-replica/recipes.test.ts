import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { lookUpRecipeAt } from './recipes.ts';

const step = { name: 'Bake', station: 'OVEN', targetCelsius: 250, durationSeconds: 360 };
let dish: unknown;
let menu: Server;
let url: string;

beforeAll(async () => {
  menu = createServer((_req, res) => {
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ data: { dish } }));
  });
  await new Promise<void>((resolve) => menu.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(menu.address() as AddressInfo).port}/graphql`;
});
afterAll(() => void menu.close());

const lookUp = () => lookUpRecipeAt(url, 'a secret of the tests, at least 32 characters')('a dish');

test('a recipe of the menu is known by its steps', async () => {
  dish = { id: 'x', recipe: { steps: [step] } };
  expect(await lookUp()).toEqual([step]);
});

test.each([
  ['no dish', null],
  ['no recipe', { id: 'x', recipe: null }],
  ['no steps', { id: 'x', recipe: { steps: [] } }],
  ['a step whose name no database can keep', { id: 'x', recipe: { steps: [{ ...step, name: 'Bake\0' }] } }],
  ['a step that no kitchen can cook', { id: 'x', recipe: { steps: [{ ...step, durationSeconds: -1 }] } }],
])('%s is none: the order fails at once instead of waiting for it', async (_title, answer) => {
  dish = answer;
  expect(await lookUp()).toBeNull();
});
