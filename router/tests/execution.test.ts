import { describe, expect, test } from '@jest/globals';
import type { CallSubgraph, SubgraphRequest, SubgraphResponse } from '../src/compile/subgraph-call.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { World } from './worlds/world.ts';

const world = new World(supergraphs['keys, requires, provides, shareable, override'] ?? {}, { troubled: false });

/** Runs an operation against subgraphs that answer as told, and tells what they were asked. */
async function run(source: string, answer: (request: SubgraphRequest, variables: never) => SubgraphResponse) {
  const asked: { subgraph: string; variables: Record<string, unknown> }[] = [];
  const call: CallSubgraph = async (request) => {
    const { variables } = JSON.parse(request.body) as { variables: never };
    asked.push({ subgraph: request.subgraph, variables });
    return answer(request, variables);
  };
  return { result: await world.compile(source, 'Q').execute({}, call), asked };
}

const products = (...ids: (string | null)[]) => ({
  data: { products: ids.map((id) => id && { __typename: 'Product', id, sku: `s-${id}`, brand: { id: 'b' } }) },
});

describe('what the executor does better than to repeat', () => {
  const source = 'query Q { products { id price } }';

  test('an entity that occurs often is asked for once, and is complete wherever it occurs', async () => {
    const { result, asked } = await run(source, ({ subgraph }) =>
      subgraph === 'products' ? products('1', '2', '1', '1') : { data: { _entities: [] } },
    );
    expect(asked.filter(({ subgraph }) => subgraph !== 'products')).toEqual([]);
    expect(result.data).toBeDefined();
    const stars = await run('query Q { products { id stars } }', ({ subgraph }) =>
      subgraph === 'products' ? products('1', '2', '1') : { data: { _entities: [{ stars: 1 }, { stars: 2 }] } },
    );
    expect(stars.asked[1]?.variables.representations).toHaveLength(2);
    expect(stars.result).toEqual({
      data: {
        products: [
          { id: '1', stars: 1 },
          { id: '2', stars: 2 },
          { id: '1', stars: 1 },
        ],
      },
    });
  });

  test('an error of an entity is told at every place where it occurs, by the place that is right', async () => {
    const { result } = await run('query Q { products { id stars } }', ({ subgraph }) =>
      subgraph === 'products'
        ? {
            data: {
              products: [
                { __typename: 'Product', id: '0', sku: null }, // no brand: it can't be asked for
                ...(products('1', '2', '1').data.products as object[]),
              ],
            },
          }
        : {
            data: { _entities: [{ stars: null }, { stars: 2 }] },
            errors: [{ message: 'clouds', path: ['_entities', 0, 'stars'] }],
          },
    );
    expect(result.errors?.map(({ message, path }) => [message, path])).toEqual([
      ['clouds', ['products', 1, 'stars']],
      ['clouds', ['products', 3, 'stars']],
      [expect.stringMatching(/^No subgraph was asked for Product\.stars/), ['products', 0, 'stars']],
    ]);
  });

  test('names that every object has are no data', async () => {
    const answer = { data: JSON.parse('{"me":{"id":"1","__proto__":{"email":"theirs"}}}') as never };
    const { result } = await run('query Q { me { id email constructor: email __proto__: email } }', () => answer);
    const me = result.data?.me as object;
    expect(Object.entries(me)).toEqual([
      ['id', '1'],
      ['email', null],
      ['constructor', null],
      ['__proto__', null],
    ]);
    expect(Object.getPrototypeOf(me)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).email).toBeUndefined();
  });

  test('a subgraph that fails costs its own fields, and is named', async () => {
    const { result } = await run('query Q { products { id stars } me { id } }', ({ subgraph }) => {
      if (subgraph === 'reviews') throw new Error('gone');
      return subgraph === 'users' ? { data: { me: { id: '7' } } } : products('1');
    });
    expect(result.data).toEqual({ products: [{ id: '1', stars: null }], me: { id: '7' } });
    expect(result.errors).toEqual([
      { message: 'gone', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', serviceName: 'reviews' } },
    ]);
  });
});
