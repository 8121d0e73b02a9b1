import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { everyLane, type LaneRequest, type Outcome } from './worlds/every-lane.ts';
import { ServedWorld } from './worlds/served-world.ts';
import { supergraphs } from './worlds/supergraphs.ts';

const lanes = Object.keys(everyLane);
const codeOf = ({ errors }: Outcome) => errors?.[0]?.extensions?.code ?? 'ok';

/** A text that nobody has sent before, so that nothing is kept of it. */
let texts = 0;
const newText = () => `{ me { id a${(texts += 1)}: id } }`;

describe('what one client sends decides nothing for another', () => {
  let world: ServedWorld;
  beforeAll(async () => {
    world = await ServedWorld.open(supergraphs['keys, requires, provides, shareable, override'] ?? {});
  });
  afterAll(() => world.close());

  const ask = (lane: string, request: LaneRequest) => {
    const over = everyLane[lane];
    if (!over) throw new Error(`there is no lane ${lane}`);
    return over(world.url, request);
  };

  describe.each(lanes)('%s', (lane) => {
    test.each<[string, (text: string) => LaneRequest, string]>([
      ['an empty operation name', (query) => ({ query, operationName: '' }), 'ok'],
      ['an unknown operation name', (query) => ({ query, operationName: 'Nothing' }), 'OPERATION_RESOLUTION_FAILURE'],
      ['a name that is the text', (query) => ({ query, operationName: query }), 'OPERATION_RESOLUTION_FAILURE'],
      ['a name that ends the key', (query) => ({ query, operationName: `\n${query}` }), 'OPERATION_RESOLUTION_FAILURE'],
      ['a name like a key', (query) => ({ query, operationName: `-${query}` }), 'OPERATION_RESOLUTION_FAILURE'],
      ['a line before the text', (query) => ({ query: `\n${query}` }), 'ok'],
      ['a name as a line before the text', (query) => ({ query: `A\n${query}` }), 'GRAPHQL_PARSE_FAILED'],
      ['an unknown variable', (query) => ({ query, variables: { a: '{', __proto__: 1 } }), 'ok'],
    ])('%s concerns its own request only', async (_what, made, code) => {
      const query = newText();
      expect(codeOf(await ask(lane, made(query)))).toBe(code);
      for (const other of lanes) expect([other, codeOf(await ask(other, { query }))]).toEqual([other, 'ok']);
      expect(codeOf(await ask(lane, made(query)))).toBe(code);
    });

    test('a hash concerns its own text only', async () => {
      const query = newText();
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const byHash = { extensions: { persistedQuery: { version: 1, sha256Hash } } };
      expect(codeOf(await ask(lane, { query: `${query} `, ...byHash }))).toBe('BAD_REQUEST');
      expect(codeOf(await ask(lane, byHash))).toBe('PERSISTED_QUERY_NOT_FOUND');
      expect(codeOf(await ask(lane, { query, ...byHash }))).toBe('ok');
      for (const other of lanes) expect([other, codeOf(await ask(other, byHash))]).toEqual([other, 'ok']);
    });
  });

  test('an empty operation name is none where the text has several operations, too', async () => {
    const query = `query A ${newText()} query B ${newText()}`;
    for (const lane of lanes) {
      for (const operationName of ['', undefined, null]) {
        const outcome = await ask(lane, { query, operationName: lane === 'GET' ? '' : operationName });
        expect([lane, codeOf(outcome)]).toEqual([lane, 'OPERATION_RESOLUTION_FAILURE']);
      }
      expect([lane, codeOf(await ask(lane, { query, operationName: 'B' }))]).toEqual([lane, 'ok']);
    }
  });
});
