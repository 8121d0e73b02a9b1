import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCategories, demoDishes } from '@brigade/schema/demo-data';
import { menu } from '../src/service.ts';
import { actors, codeOf, startTestMenu, type TestMenu } from './start-menu.ts';

interface Listed {
  dishes: {
    edges: { cursor: string; node: { id: string; name: string; category: { position: number } } }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string | null };
  };
}

describe('reading the menu', () => {
  let service: TestMenu;
  beforeAll(async () => {
    service = await startTestMenu();
  });
  afterAll(() => service.stop());

  const list = (variables: { first?: number; after?: string | null; filter?: object }) =>
    service.ask<Listed>(
      `query Dishes($first: Int! = 20, $after: String, $filter: DishFilter) {
         dishes(first: $first, after: $after, filter: $filter) {
           edges { cursor node { id name category { position } } }
           pageInfo { hasNextPage hasPreviousPage endCursor }
         } }`,
      variables,
    );
  const names = async (filter: object) =>
    (await list({ first: 100, filter })).data.dishes.edges.map(({ node }) => node.name);
  const expected = (keep: (dish: (typeof demoDishes)[number]) => boolean) =>
    new Set(demoDishes.filter(keep).map(({ name }) => name));

  test.each([{ filter: {} }, { filter: { search: 'tomato potatoes salmon' } }])(
    'pages follow each other without gap or repetition: $filter',
    async ({ filter }) => {
      const whole = (await list({ first: 100, filter })).data.dishes.edges;
      const paged: typeof whole = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const { dishes }: Listed = (await list({ first: 3, after, filter })).data;
        expect(dishes.pageInfo.hasPreviousPage).toBe(after !== null);
        paged.push(...dishes.edges);
        ({ hasNextPage: more, endCursor: after } = dishes.pageInfo);
      }
      expect(paged).toEqual(whole);
      expect(whole.length).toBeGreaterThan(3);
    },
  );

  test('the order is by category, then by name', async () => {
    const { edges } = (await list({ first: 100 })).data.dishes;
    expect(edges).toHaveLength(demoDishes.length);
    const keys = edges.map(({ node }) => [node.category.position, node.name] as const);
    expect(keys).toEqual(keys.toSorted(([a, x], [b, y]) => a - b || Buffer.compare(Buffer.from(x), Buffer.from(y))));
  });

  test.each([[{ first: 0 }], [{ first: 101 }], [{ after: 'nonsense' }], [{ first: 5, after: 'W10' }]])(
    '%j is refused',
    async (variables) => {
      expect(codeOf(await list(variables))).toBe('BAD_USER_INPUT');
    },
  );

  test('filters: category', async () => {
    const category = demoCategories[1]!;
    expect(new Set(await names({ categoryId: category.id }))).toEqual(
      expected(({ categoryId }) => categoryId === category.id),
    );
  });

  test('filters: price range, ends included', async () => {
    expect(new Set(await names({ minPriceMinor: 890, maxPriceMinor: 1190 }))).toEqual(
      expected(({ priceMinor }) => priceMinor >= 890 && priceMinor <= 1190),
    );
    expect(await names({ minPriceMinor: 4000 })).toEqual(['White truffle risotto']);
  });

  test('filters: all of the dietary tags', async () => {
    const found = await names({ dietaryTags: ['VEGAN', 'SPICY'] });
    expect(new Set(found)).toEqual(
      expected(({ dietaryTags }) => dietaryTags.includes('VEGAN') && dietaryTags.includes('SPICY')),
    );
    expect(found).toContain('Red curry with tofu');
  });

  test('filters: available', async () => {
    expect(await names({ available: true })).toHaveLength(demoDishes.length);
    expect(await names({ available: false })).toEqual([]);
  });

  test('filters: several at once, and a null one is none', async () => {
    const filter = { categoryId: demoCategories[1]!.id, dietaryTags: ['VEGAN'], maxPriceMinor: 2000, search: null };
    expect(await names(filter)).toEqual(['Garden pizza']);
  });

  test.each<[object, string]>([
    [{ minPriceMinor: 2, maxPriceMinor: 1 }, 'a range upside down'],
    [{ minPriceMinor: -1 }, 'a negative price'],
    [{ categoryId: 'pizza' }, 'no id'],
    [{ search: '   ' }, 'an empty search'],
    [{ search: { $where: '1' } }, 'an object for a text'],
    [{ dietaryTags: ['TASTY'] }, 'an unknown tag'],
  ])('%j is refused: %s', async (filter) => {
    expect(codeOf(await list({ filter }))).toBe('BAD_USER_INPUT');
  });

  test('a search finds words in name and description; the name counts more', async () => {
    const found = await names({ search: 'risotto' });
    expect(new Set(found)).toEqual(new Set(['Mushroom risotto', 'White truffle risotto', 'Arancini']));
    expect(found.at(-1)).toBe('Arancini');
    expect(await names({ search: 'risotto -truffle', maxPriceMinor: 1000 })).toEqual(['Arancini']);
    expect(await names({ search: 'hamburger' })).toEqual([]);
  });

  test('one dish by id, with all that it has; null for an unknown one', async () => {
    const dish = demoDishes[0]!;
    const query = `query Dish($id: ID!) { dish(id: $id) { id revision name description prepSeconds available dietaryTags
      price { amountMinor currency } category { id name } attributes { name value } } }`;
    expect((await service.ask(query, { id: dish.id })).data).toEqual({
      dish: {
        id: dish.id,
        revision: 1,
        name: dish.name,
        description: dish.description,
        prepSeconds: 270,
        available: true,
        dietaryTags: dish.dietaryTags,
        price: { amountMinor: dish.priceMinor, currency: 'EUR' },
        category: { id: dish.categoryId, name: 'Starters' },
        attributes: Object.entries(dish.attributes).map(([name, value]) => ({ name, value })),
      },
    });
    for (const id of ['01950000-0000-7000-8000-00000000ffff', 'no id'])
      expect((await service.ask(query, { id })).data).toEqual({ dish: null });
  });

  test('other services look up price and recipe', async () => {
    const dish = demoDishes[5]!;
    const price =
      'query DishForOrder($id: ID!) { dish(id: $id) { id revision name price { amountMinor currency } available } }';
    expect((await service.ask(price, { id: dish.id }, actors.service)).data).toMatchObject({
      dish: { id: dish.id, revision: 1, name: 'Margherita', available: true },
    });
    const recipe = `query DishForCooking($id: ID!) { dish(id: $id) { revision recipe { ingredients { ingredient { id } quantity }
      steps { name station targetCelsius durationSeconds } } } }`;
    expect((await service.ask(recipe, { id: dish.id }, actors.service)).data).toEqual({
      dish: {
        revision: 1,
        recipe: {
          ingredients: dish.recipe.ingredients.map(({ ingredientId, quantity }) => ({
            ingredient: { id: ingredientId },
            quantity,
          })),
          steps: dish.recipe.steps,
        },
      },
    });
  });

  test('dishes are entities: known ones by id, null for others', async () => {
    const ids = [demoDishes[1]!.id, '01950000-0000-7000-8000-00000000ffff', 'no id', demoDishes[0]!.id];
    const answer = await service.ask<{ _entities: unknown[] }>(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Dish { id name } } }',
      { of: ids.map((id) => ({ __typename: 'Dish', id })) },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data._entities).toEqual([
      { id: ids[0], name: demoDishes[1]!.name },
      null,
      null,
      { id: ids[3], name: demoDishes[0]!.name },
    ]);
  });

  test('the categories come in the order of the menu', async () => {
    const answer = await service.ask('{ categories { id name description position } }');
    expect(answer.data).toEqual({ categories: demoCategories });
  });

  test('seeding again changes nothing', async () => {
    const before = await list({ first: 100 });
    await menu.seed?.(service.env);
    expect(await list({ first: 100 })).toEqual(before);
  });
});
