import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../src/transport/read-answer.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { World } from './worlds/world.ts';

const world = new World(supergraphs['keys, requires, provides, shareable, override'] ?? {}, { troubled: false });

/** Runs an operation against subgraphs that answer with these texts. */
async function run(source: string, answers: Readonly<Record<string, string>>) {
  const bodies: string[] = [];
  const compiled = world.compile(`query Q ${source}`, 'Q');
  const result = await compiled.execute({}, async ({ subgraph, body }) => {
    bodies.push(body);
    return readAnswer(subgraph, 200, Buffer.from(answers[subgraph] ?? ''));
  });
  return { result, bodies };
}

const product = (id: unknown) => ({ __typename: 'Product', id, sku: `s-${String(id)}`, brand: { id: 'b' } });
const products = JSON.stringify({ data: { products: [product('1'), product('2')] } });

describe('answers of subgraphs that are odd', () => {
  test('an error of a field that the client calls _entities says where it is', async () => {
    const told = '{"data":{"_entities":{"id":null}},"errors":[{"message":"no","path":["_entities","id"]}]}';
    const { result } = await run('{ _entities: me { id } }', { users: told });
    expect(result.errors?.map(({ path }) => path)).toEqual([['_entities', 'id']]);
  });

  test.each([
    '{"errors":["quota"]}',
    '{"errors":[]}',
    '{}',
    '{"data":null}',
    '{"data":{}}',
    '{"data":{"me":{}}}',
    '{"data":{"me":null},"errors":{}}',
    '{"data":{"me":7}}',
    '{"data":{"me":{"id":[]}}}',
    '{"data":[]}',
    'null',
    '',
  ])('where data is missing there is an error: %s', async (text) => {
    const { result } = await run('{ me { id } }', { users: text });
    expect((result.data as { me?: unknown } | undefined)?.me ?? null).toBeNull();
    expect(result.errors?.length).toBeGreaterThan(0);
  });

  test.each([
    '{"errors":["quota"]}',
    '{"data":{"_entities":[{"stars":1}]}}',
    '{"data":{"_entities":{}}}',
    '{"data":{"_entities":[7,{"stars":2}]}}',
    '{"data":{"_entities":[{},{}]}}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[{"message":"no","path":["_entities",7,"stars"]}]}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[{"message":"no","path":["_entities"]}]}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[{"message":"no","path":["_entities","0"]}]}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[{"path":[0]}]}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[{"path":["_entities",0,{}]}]}',
    '{"data":{"_entities":[{"stars":null},{"stars":2}]},"errors":[null,{"path":"x"},{"message":7}]}',
  ])('an entity without its fields has an error, and no path tells how it was asked for: %s', async (text) => {
    const { result } = await run('{ products { id stars } }', { products, reviews: text });
    expect(result.data).toMatchObject({ products: [{ id: '1' }, { id: '2' }] });
    expect(result.errors?.length).toBeGreaterThan(0);
    for (const { message, path } of result.errors ?? []) {
      expect(message).not.toBe('');
      expect(path).toBeUndefined();
    }
  });

  test('an error of an entity that was sent is told at its place', async () => {
    const { result } = await run('{ products { id stars } }', {
      products,
      reviews: '{"data":{"_entities":[{"stars":1},null]},"errors":[{"message":"no","path":["_entities",1,"stars"]}]}',
    });
    expect(result.errors).toMatchObject([{ message: 'no', path: ['products', 1, 'stars'] }]);
  });

  test('an entity that there is not is no error', async () => {
    const reviews = '{"data":{"_entities":[{"stars":1},null]}}';
    const { result } = await run('{ products { id stars } }', { products, reviews });
    expect(result).toEqual({
      data: {
        products: [
          { id: '1', stars: 1 },
          { id: '2', stars: null },
        ],
      },
    });
  });

  test('a root field of a plain request does not pass for an entity', async () => {
    const users = '{"data":{"me":null},"errors":[{"message":"no","path":["_entities",0]}]}';
    const { result } = await run('{ me { id } }', { users });
    expect(result.errors).toEqual([expect.not.objectContaining({ path: expect.anything() })]);
  });

  test('no client is told of more errors than it can bear', async () => {
    const errors = Array.from({ length: 50_000 }, () => ({ message: 'no' }));
    const { result } = await run('{ me { id } }', { users: JSON.stringify({ data: null, errors }) });
    expect(result.errors).toHaveLength(1_000);
  });

  test('ids beyond 2^53 are told as they are, and do not merge', async () => {
    const [one, other] = ['9007199254740992', '9007199254740993'];
    const text = (id: string) => `{"__typename":"Product","id":${id},"sku":"s","brand":{"id":${id}}}`;
    const { result, bodies } = await run('{ products { id brand { id } stars oldPrice } }', {
      products: `{"data":{"products":[${text(one)},${text(other)},${text(one)}]}}`,
      reviews: '{"data":{"_entities":[{"stars":1},{"stars":2}]}}',
      legacy: '{"data":{"_entities":[{"oldPrice":1},{"oldPrice":2}]}}',
    });
    for (const body of bodies.slice(1)) {
      expect(body).toContain(`"id":${one}`);
      expect(body).toContain(`"id":${other}`);
    }
    expect(JSON.stringify(result.data)).toContain(`"id":${other}`);
    expect(result.data).toMatchObject({ products: [{ stars: 1 }, { stars: 2 }, { stars: 1 }] });
  });
});
