import { describe, expect, test } from '@jest/globals';
import { things } from '../../tests/worlds/things.ts';
import { World } from '../../tests/worlds/world.ts';

/** What becomes of a subgraph's answer, given as its bytes. */
async function handOn(query: string, answer: string | Buffer, variables: Record<string, unknown> = {}) {
  const world = new World({ things });
  const compiled = world.compile(`query Q ${query}`, 'Q');
  const meters = [{ cost: 0 }, { cost: 0 }] as const;
  let isHandedOn = false;
  const text = await compiled.execute(
    variables,
    (request) => {
      const written = request.handOn?.(Buffer.from(answer as string));
      isHandedOn = written !== undefined;
      return Promise.resolve(written ? { written } : (JSON.parse(String(answer)) as never));
    },
    meters[0],
    'text',
  );
  const objects = await compiled.execute(
    variables,
    () => Promise.resolve(JSON.parse(String(answer)) as never),
    meters[1],
  );
  expect(meters[0]).toEqual(meters[1]);
  return { isHandedOn, written: text.written, objects: JSON.stringify(objects) };
}

describe('an answer that is the response', () => {
  test.each([
    ['{ thing { id name size any number } }', '{"id":7,"name":"Ä\\"\\u00e9 é","size":"SMALL","any":"x","number":-1.5}'],
    [
      '{ thing { id name one { id } many { id } list } }',
      '{"id":"a","name":null,"one":null,"many":[{"id":"1"},{"id":"2"}],"list":[[],[1,-20],null]}',
    ],
    ['{ thing { many { id } } }', '{"many":[]}'],
    ['{ __typename thing { __typename id } }', '{"__typename":"Thing","id":"1"}'],
    [`{ thing { ${'a'.repeat(100)}: name } }`, `{"${'a'.repeat(100)}":"x"}`],
  ])('is handed on: %s', async (query, thing) => {
    const typename = query.startsWith('{ __typename') ? '"__typename":"Query",' : '';
    const body = `{"data":{${typename}"thing":${thing}}}`;
    for (const space of ['', '\n', ' \r\n\t']) {
      const { isHandedOn, written, objects } = await handOn(query, body + space);
      expect([isHandedOn, written]).toEqual([true, { text: body, bytes: Buffer.byteLength(body) }]);
      expect(JSON.parse(written?.text ?? '')).toEqual(JSON.parse(objects));
    }
  });

  test.each([
    ['more was fetched', '{ thing { id } }', '{"__typename":"Thing","id":"1"}'],
    ['another order', '{ thing { id name } }', '{"name":"x","id":"1"}'],
    ['white space', '{ thing { id } }', '{"id": "1"}'],
    ['a null that bubbles up', '{ thing { must } }', '{"must":null}'],
    ['a value that does not fit', '{ thing { size } }', '{"size":"HUGE"}'],
    ['a number that JavaScript writes in another way', '{ thing { number } }', '{"number":1e3}'],
    ['an object where a scalar of the schema is', '{ thing { any } }', '{"any":{"a":[1]}}'],
    ['an interface', '{ thing { named { name } } }', '{"named":[{"__typename":"Dog","name":"Rex"}]}'],
  ])('one that is not is looked into: %s', async (_what, query, thing) => {
    const { isHandedOn, written, objects } = await handOn(query, `{"data":{"thing":${thing}}}`);
    expect(isHandedOn).toBe(false);
    if (written) expect(written.text).toBe(objects);
  });

  test.each([
    ['with errors', '{"errors":[{"message":"no"}],"data":{"thing":{"id":"1"}}}'],
    ['with errors behind', '{"data":{"thing":{"id":"1"}},"errors":[{"message":"no"}]}'],
    ['with extensions', '{"data":{"thing":{"id":"1"}},"extensions":{}}'],
    ['without data', '{"data":null}'],
  ])('one %s is looked into', async (_what, body) => {
    expect((await handOn('{ thing { id } }', body)).isHandedOn).toBe(false);
  });

  test('what is no UTF-8 is replaced, and counted as it is then', async () => {
    const body = Buffer.from('{"data":{"thing":{"name":"?"}}}');
    body[body.indexOf('?')] = 0xff;
    const { written } = await handOn('{ thing { name } }', body);
    expect(written).toEqual({ text: '{"data":{"thing":{"name":"\ufffd"}}}', bytes: body.length + 2 });
  });

  test('an operation whose answers never are is not tried for ever', async () => {
    const world = new World({ things });
    const compiled = world.compile('query Q { thing { id } }', 'Q');
    let tried = 0;
    for (let time = 0; time < 100; time += 1) {
      await compiled.execute(
        {},
        ({ handOn: take }) => {
          if (take) tried += 1;
          take?.(Buffer.from('{"data":{"thing":{"__typename":"Thing","id":"1"}}}'));
          return Promise.resolve({ data: { thing: { id: '1' } } });
        },
        undefined,
        'text',
      );
    }
    expect(tried).toBe(20);
  });
});
