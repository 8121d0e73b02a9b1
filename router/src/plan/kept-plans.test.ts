import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { QueryPlan } from '@apollo/query-planner';
import { eventually } from '../../../subgraphs/service-kit/tests/test-runtime.ts';
import { keepPlans } from './kept-plans.ts';

describe('plans that outlive the process', () => {
  let folder: string;
  let planned: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plans-'));
    planned = [];
  });

  const open = (supergraphId = 'one', most = 100) =>
    keepPlans({
      folder: join(folder, 'plans'),
      supergraphId,
      most,
      plan: async (source) => {
        planned.push(source);
        return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes: [] }, of: source } as unknown as QueryPlan;
      },
      onTrouble: (error) => {
        throw error;
      },
    });
  const files = () => readdirSync(join(folder, 'plans')).filter((name) => name.endsWith('.json'));
  const kept = (count: number) => eventually(() => files().length === count);

  test('what was planned is not planned again, also by another process', async () => {
    const first = await open()('{ a }', undefined);
    await kept(1);
    expect(await open()('{ a }', undefined)).toEqual(first);
    expect(planned).toEqual(['{ a }']);
  });

  test('another text, name or supergraph is another plan', async () => {
    const plan = open();
    await plan('query A { a } query B { a }', 'A');
    await kept(1);
    await plan('query A { a } query B { a }', 'B');
    await plan('{ a }', undefined);
    await open('two')('{ a }', undefined);
    expect(planned).toHaveLength(4);
  });

  test('a file that is none is planned anew, and is one then', async () => {
    await open()('{ a }', undefined);
    await kept(1);
    const [name = ''] = files();
    writeFileSync(join(folder, 'plans', name), '{"kind":');
    expect(await open()('{ a }', undefined)).toMatchObject({ kind: 'QueryPlan' });
    expect(planned).toHaveLength(2);
  });

  test('the oldest go when there are too many', async () => {
    const plan = open();
    for (const source of ['{ a }', '{ b }', '{ c }']) await plan(source, undefined);
    await kept(3);
    const [oldest = ''] = files();
    utimesSync(join(folder, 'plans', oldest), 1, 1);
    open('one', 2);
    await kept(2);
    expect(files()).not.toContain(oldest);
  });

  test('a plan that is refused is not kept', async () => {
    const refuses = keepPlans({
      folder: join(folder, 'plans'),
      supergraphId: 'one',
      most: 10,
      plan: () => Promise.reject(new Error('too complex')),
      onTrouble: () => {},
    });
    await expect(refuses('{ a }', undefined)).rejects.toThrow('too complex');
  });
});
