import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';
import { PlanRefused } from '../plan/plan-errors.ts';
import type { PlanOperation } from '../plan/planning-thread.ts';
import { World } from '../../tests/worlds/world.ts';
import { settingsSchema } from '../settings/settings.ts';
import { OperationStore } from './operation-store.ts';
import { Operation } from './operation.ts';

const planNothing: PlanOperation = () => Promise.reject(new Error('nothing is executed'));

function setUp(mostOperations: number, plan = planNothing) {
  const world = new World({ things: 'type Query { a: Int }' });
  const { limits } = settingsSchema.parse({});
  let kept = 0;
  const store = new OperationStore({
    supergraph: world.supergraph,
    plan,
    rules: { limits, introspection: true },
    resume: {},
    mostOperations,
    observer: { kept: () => (kept += 1), planned: () => {}, failed: () => {}, unlisted: () => {} },
  });
  const ask = (name: string) => store.get(`query ${name} { a }`, name);
  /** Whether it was there, which makes it be there. */
  const isKept = (name: string) => {
    const before = kept;
    ask(name);
    return kept > before;
  };
  return { store, ask, isKept };
}

describe('operations that are kept', () => {
  test('what was used stays longer than what was not', () => {
    const { ask, isKept } = setUp(3);
    for (const name of ['A', 'B', 'C', 'A', 'D']) ask(name);
    expect([isKept('A'), isKept('C'), isKept('D')]).toEqual([true, true, true]);
    expect(isKept('B')).toBe(false);
  });

  test('where all are used, the one that was there longest goes, never the new one', () => {
    const { ask, isKept } = setUp(2);
    for (const name of ['A', 'B', 'A', 'B', 'C']) ask(name);
    expect([isKept('C'), isKept('B')]).toEqual([true, true]);
    expect(isKept('A')).toBe(false);
  });

  test('one that is used once for each new one stays for ever', () => {
    const { ask, isKept } = setUp(3);
    ask('Hot');
    for (let number = 0; number < 100; number += 1) {
      ask(`Cold${number}`);
      expect(isKept('Hot')).toBe(true);
    }
  });

  test('the latest are told, the newest first', () => {
    const { store, ask } = setUp(10);
    for (const name of ['A', 'B', 'C', 'A']) ask(name);
    expect(store.latest(2).map(({ operationName }) => operationName)).toEqual(['A', 'C']);
  });

  test('a refusal is kept, too', () => {
    const { store } = setUp(10);
    const refusals = [1, 2].map(() => {
      try {
        store.get('{ nothing }', undefined);
      } catch (error) {
        return error;
      }
      return undefined;
    });
    expect(refusals[0]).toBeDefined();
    expect(refusals[1]).toBe(refusals[0]);
  });

  test('no number of refusals evicts an operation', () => {
    const { store, isKept } = setUp(3);
    isKept('A');
    for (let number = 0; number < 600; number += 1) {
      expect(() => store.get(`{ a${number} }`, undefined)).toThrow();
      expect(() => store.get('query A { a }', `A${number}`)).toThrow();
    }
    expect(isKept('A')).toBe(true);
  });

  test('a name and a text can not pass for another text', () => {
    const { store, ask } = setUp(10);
    expect(() => store.get('query A { a }', 'B\nquery A { a }')).toThrow();
    expect(() => store.get('{ a }', '')).toThrow();
    expect(store.get('{ a }', undefined).source).toBe('{ a }');
    expect(ask('A').source).toBe('query A { a }');
  });
});

test('root fields in fragments that double each other are counted without writing them out', () => {
  const levels = 40;
  const fragments = Array.from(
    { length: levels },
    (_none, level) => `fragment F${level} on Query { ...F${level + 1} ...F${level + 1} }`,
  );
  const source = `{ ...F0 } ${fragments.join(' ')} fragment F${levels} on Query { a }`;
  const world = new World({ things: 'type Query { a: Int }' });
  const { limits } = settingsSchema.parse({ limits: { fields: 1e15 } });
  const operation = new Operation(
    world.supergraph,
    source,
    parse(source),
    undefined,
    { limits, introspection: true },
    () => Promise.reject(new Error('nothing is executed')),
  );
  expect(operation.rootFields).toEqual(new Map([['Query.a', 1e9]]));
});

describe('an operation that could not be planned in time', () => {
  afterEach(() => void jest.useRealTimers());

  test('is planned again after a minute, not before', async () => {
    jest.useFakeTimers();
    let planned = 0;
    const operation = setUp(10, () => {
      planned += 1;
      return planned === 1
        ? Promise.reject(new PlanRefused('OPERATION_TOO_COMPLEX', 'no time'))
        : Promise.resolve({ kind: 'QueryPlan' } as QueryPlan);
    }).ask('A');
    await expect(operation.executable()).rejects.toMatchObject({ status: 400 });
    await jest.advanceTimersByTimeAsync(59_000);
    await expect(operation.executable()).rejects.toMatchObject({ status: 400 });
    await jest.advanceTimersByTimeAsync(2_000);
    await operation.executable();
    expect(planned).toBe(2);
  });
});
