import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@brigade/service-kit';
import { createRouter } from '../src/service.ts';
import { postLanes, postOver } from './worlds/post-lanes.ts';
import { Shop } from './worlds/shop.ts';

const PRODUCT = 'product { upc name price weight inStock shipping';
const HEAVY = `query Heavy {
  users { id name username
    reviews { id body ${PRODUCT}
      reviews { id body author { id name username
        reviews { id body ${PRODUCT} } } } } } } } }`;

describe('a router that is told nothing but its supergraph', () => {
  let shop: Shop;
  let router: Service;
  beforeAll(async () => {
    shop = await Shop.open();
    const supergraph = join(mkdtempSync(join(tmpdir(), 'bare-')), 'supergraph.graphql');
    writeFileSync(supergraph, shop.supergraphSdl);
    router = await createRouter({ supergraph, port: '0' }).start({ LOG_LEVEL: 'silent' });
  });
  afterAll(async () => {
    await router.stop();
    await shop.close();
  });

  const url = () => `http://127.0.0.1:${router.port}/graphql`;
  const metrics = async () => (await fetch(new URL('/metrics', url()))).text();

  describe.each(Object.keys(postLanes))('%s', (lane) => {
    const post = (query: string) => postOver(lane, url(), { query });

    test('serves a heavy query over four subgraphs, of about 90 KB', async () => {
      const { status, body } = await post(HEAVY);
      expect([status, body.errors]).toEqual([200, undefined]);
      expect(JSON.stringify(body).length).toBeGreaterThan(80_000);
    });

    test.each<[string, string]>([
      ['many aliases', `{ users { ${Array.from({ length: 200 }, (_none, n) => `a${n}: name`).join(' ')} } }`],
      ['many root fields', `{ ${Array.from({ length: 100 }, (_none, n) => `a${n}: users { id }`).join(' ')} }`],
      ['many directives', `{ users { ${'name @include(if: true) '.repeat(200)} } }`],
      ['more levels than twelve', `{ users ${'{ reviews { author '.repeat(7)} { id } ${'} }'.repeat(7)} }`],
    ])('serves an operation with %s', async (_what, query) => {
      const { status, body } = await post(query);
      expect([status, body.errors]).toEqual([200, undefined]);
    });

    test.each<[string, string, string]>([
      ['too many tokens', `{ users { ${'id '.repeat(5_001)} } }`, 'GRAPHQL_PARSE_FAILED'],
      ['too deep', `{ users ${'{ reviews { author '.repeat(60)} { id } ${'} }'.repeat(60)} }`, 'OPERATION_TOO_LARGE'],
      [
        'too deep for any stack',
        `{ users ${'{ reviews { author '.repeat(200)} { id } ${'} }'.repeat(200)} }`,
        'GRAPHQL_PARSE_FAILED',
      ],
      ['fragments that double each other', doubling(30), 'OPERATION_TOO_LARGE'],
    ])('protects itself: %s', async (_what, query, code) => {
      const { status, body } = await post(query);
      expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, code]);
    });
  });

  test('measures the cost of what it serves', async () => {
    expect(await metrics()).toMatch(/^router_operation_cost_count\{.*kind="estimated".*\} [1-9]/m);
  });
});

function doubling(levels: number): string {
  const fragments = Array.from(
    { length: levels },
    (_none, level) =>
      `fragment F${level} on User { reviews { a: author { ...F${level + 1} } b: author { ...F${level + 1} } } }`,
  );
  return `{ users { ...F0 } } ${fragments.join(' ')} fragment F${levels} on User { id }`;
}
