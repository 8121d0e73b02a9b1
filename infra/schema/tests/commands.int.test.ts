import { mkdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry, openHistory, serveRegistry, type RegistryServer } from '@brigade/schema-registry';
import { prepareRover, type Rover } from '../src/rover/run-rover.ts';
import { ScratchProject } from './scratch-project.ts';

const ORDERS = 'schema/subgraphs/orders.graphql';
const TOTAL = '  """What it costs, fixed when it was placed."""\n  total: Money!\n';
const PORTIONS = '  """Portions of all lines."""\n  portions: Int!\n';

describe('the schema commands with the real rover', () => {
  let project: ScratchProject;
  const history = async () =>
    (await readFile(project.path('schema/registry/published/history.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeAll(async () => {
    project = await ScratchProject.create();
  });
  afterEach(() => project.reset());
  afterAll(() => project.delete());

  describe('a registry that rover asks', () => {
    let server: RegistryServer;
    let rover: Rover;
    beforeAll(async () => {
      const current = await openHistory(project.path('schema/registry/published'));
      const registry = new Registry({
        graphId: 'brigade',
        variants: new Map([['current', current]]),
        operations: [],
        rules: { strict: false },
      });
      server = await serveRegistry(registry);
      rover = await prepareRover({ cwd: project.root, federationVersion: '2.14.4', registryUrl: server.url });
    });
    afterAll(() => server.stop());

    test('lists and fetches subgraphs, and fetches the supergraph', async () => {
      const list = await rover('subgraph', 'list', 'brigade@current');
      expect(list.code).toBe(0);
      expect(list.output).toMatch(/orders\s+┆\s+http:\/\/127\.0\.0\.1:4005\/graphql/);
      const sdl = await rover('subgraph', 'fetch', 'brigade@current', '--name', 'orders');
      expect(sdl.stdout.trim()).toBe((await readFile(project.path(ORDERS), 'utf8')).trim());
      const supergraph = await rover('supergraph', 'fetch', 'brigade@current');
      expect(supergraph.stdout.trim()).toBe((await readFile(project.path('schema/supergraph.graphql'), 'utf8')).trim());
    });

    test('knows no other graph, variant or subgraph', async () => {
      for (const args of [
        ['subgraph', 'list', 'bistro@current'],
        ['subgraph', 'list', 'brigade@other'],
        ['subgraph', 'fetch', 'brigade@current', '--name', 'nobody'],
      ]) {
        const run = await rover(...args);
        expect([run.code, run.output]).toEqual([1, expect.stringContaining('error[')]);
      }
    });

    test('takes a subgraph away, and keeps that it did', async () => {
      const run = await rover('subgraph', 'delete', 'brigade@current', '--name', 'platform', '--confirm');
      expect(run).toMatchObject({ code: 0 });
      expect((await rover('subgraph', 'list', 'brigade@current')).output).not.toContain('platform');
      expect((await history()).at(-1)).toMatchObject({ subgraph: 'platform', revision: null });
    });
  });

  test('publishing keeps who, when and why, once', async () => {
    const before = await history();
    await project.edit(ORDERS, TOTAL, `${PORTIONS}${TOTAL}`);
    await project.command('compose');
    const first = await project.command('publish', ['--check', '--why', 'Guests count.']);
    expect(first).toMatchObject({
      code: 0,
      output: expect.stringContaining("The 'orders' subgraph in 'brigade@current' was updated"),
    });
    const line = { subgraph: 'orders', who: 'A tester', why: 'Guests count.', composes: true };
    expect((await history()).slice(before.length)).toEqual([expect.objectContaining(line)]);
    expect(await project.command('publish')).toMatchObject({
      code: 0,
      output: expect.stringContaining('nothing changed'),
    });
    expect(await history()).toHaveLength(before.length + 1);
  });

  test('publishing with --check refuses what does not pass, and keeps nothing', async () => {
    const before = await history();
    await project.edit(ORDERS, TOTAL, '');
    await project.command('compose');
    const { code, output } = await project.command('publish', ['--check']);
    expect([code, output]).toEqual([1, expect.stringContaining('nothing was published')]);
    expect(await history()).toEqual(before);
  });

  test('what was published and does not compose is no baseline', async () => {
    await project.edit(ORDERS, TOTAL, TOTAL.replace('Money!', 'Nothing!'));
    const { code, output } = await project.command('publish');
    expect([code, output]).toEqual([1, expect.stringContaining('do not compose')]);
    const variant = await openHistory(project.path('schema/registry/published'));
    expect(variant.subgraphs.find(({ name }) => name === 'orders')?.sdl).toContain('Nothing!');
    expect(variant.served.find(({ name }) => name === 'orders')?.sdl).not.toContain('Nothing!');
  });

  test('lint says what, where and by which name', async () => {
    await project.edit(ORDERS, TOTAL, `  portion_count: Int! @deprecated\n${TOTAL}`);
    const { code, output } = await project.command('lint');
    expect(code).toBe(1);
    expect(output).toContain('Order.portion_count is not in camelCase.');
    expect(output).toContain('Order.portion_count has no description.');
    expect(output).toContain('Order.portion_count is deprecated without a reason.');
    expect(output).toMatch(/schema\/subgraphs\/orders\.graphql:\d+:3/);
    expect(output).toMatch(/FAIL {2}orders/);
  });

  test('diff tells people what changed, also what clients do not see', async () => {
    await project.edit(ORDERS, TOTAL, PORTIONS);
    await project.edit(
      'schema/subgraphs/payments.graphql',
      '  """Its payment;',
      `${TOTAL.replace('Money!', 'Money! @override(from: "orders")')}  """Its payment;`,
    );
    const { code, output } = await project.command('diff');
    expect(code).toBe(0);
    expect(output).toMatch(/## Safe\n\n- Field 'portions' was added/);
    expect(output).toMatch(/## Moved between subgraphs\n\n- `Order.total` was resolved by orders and is by payments/);
    expect(output).toMatch(/## Breaking\n\nNothing/);
  });

  test('what clients send has to be recorded, and is extracted from their code', async () => {
    await mkdir(project.path('clients/app'), { recursive: true });
    await project.write(
      'clients/app/dishes.ts',
      "import { gql } from '@apollo/client';\nexport const dishes = gql`query DishNames { dishes { edges { node { name } } } }`;\n",
    );
    const unrecorded = await project.command('check');
    expect(unrecorded.output).toMatch(/FAIL {2}recorded operations +clients send others: DishNames/);
    expect(await project.command('record-operations')).toMatchObject({ code: 0 });
    expect(await readFile(project.path('schema/operations/dish-names.graphql'), 'utf8')).toContain('query DishNames');
    expect((await project.command('check')).output).toMatch(
      /pass {2}recorded operations +\d+, of which clients\/ sends 1\n/,
    );
  });

  test('with a key GraphOS has the last word: without its answer nothing passes', async () => {
    const unreachable = { APOLLO_KEY: 'service:none:none', APOLLO_REGISTRY_URL: 'http://127.0.0.1:9/graphql' };
    const env = { ...unreachable, APOLLO_GRAPH_REF: 'brigade@current' };
    const { code, output } = await project.command('check', [], { env });
    expect(code).toBe(1);
    expect(output).toMatch(/FAIL {2}compared with +brigade@current: GraphOS does not say what it has/);
    expect(await project.command('publish', ['--check'], { env })).toMatchObject({ code: 1 });
    const nameless = await project.command('check', [], { env: unreachable });
    expect(nameless).toEqual({ code: 2, output: expect.stringMatching(/^with APOLLO_KEY, APOLLO_GRAPH_REF/) });
  });

  test('what can not be is said in a line, or in one for each fault', async () => {
    expect(await project.command('check', ['--base', 'nowhere'])).toEqual({
      code: 2,
      output: 'git does not know the base nowhere\n',
    });
    expect(await project.command('check', ['--bse', 'main'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('--bse'),
    });
    await project.write('rover.yaml', 'federation_version: 2\nsubgraphs: { menu: { schema: {} } }\n');
    const { code, output } = await project.command('check');
    expect(code).toBe(2);
    expect(output).toMatch(/federation_version[\s\S]*routing_url[\s\S]*file/);
    expect(output).not.toContain('    at ');
  });
});
