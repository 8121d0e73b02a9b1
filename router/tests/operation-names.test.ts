import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postLanes, postOver } from './worlds/post-lanes.ts';
import { ServedWorld } from './worlds/served-world.ts';

describe('operations in the metrics', () => {
  let world: ServedWorld;
  beforeAll(async () => {
    const safelist = mkdtempSync(join(tmpdir(), 'recorded-'));
    writeFileSync(join(safelist, 'known.graphql'), 'query Known { a }');
    world = await ServedWorld.open({ one: 'type Query { a: Int }' }, { persistedQueries: { safelist } });
  });
  afterAll(() => world.close());

  const lane = Object.keys(postLanes)[0] ?? '';
  const ask = (name: string) => postOver(lane, world.url, { query: `query ${name} { a }` });
  const countsByName = async () =>
    new Map(
      [
        ...(await world.metrics()).matchAll(
          /^graphql_operation_duration_seconds_count\{.*operation="(\w+)".*\} (\d+)$/gm,
        ),
      ].map(([, name, count]) => [name, Number(count)]),
    );

  test('10,000 made-up names are one series; recorded and used ones have their own', async () => {
    for (let number = 0; number < 10_000; number += 100) {
      await Promise.all(Array.from({ length: 100 }, (_none, index) => ask(`Made${number + index}`)));
    }
    await ask('Known');
    for (let time = 0; time < 10; time += 1) await ask('Used');
    expect(await countsByName()).toEqual(
      new Map([
        ['other', 10_004],
        ['Known', 1],
        ['Used', 6],
      ]),
    );
  });
});
