import { describe, expect, test } from '@jest/globals';
import { World } from '../../tests/worlds/world.ts';
import { settingsSchema } from '../settings/settings.ts';
import { OperationStore } from './operation-store.ts';

function setUp(mostOperations: number) {
  const world = new World({ things: 'type Query { a: Int }' });
  const { limits } = settingsSchema.parse({});
  let kept = 0;
  const store = new OperationStore({
    supergraph: world.supergraph,
    plan: () => Promise.reject(new Error('nothing is executed')),
    rules: { limits, introspection: true },
    resume: {},
    mostOperations,
    observer: { kept: () => (kept += 1), planned: () => {}, fellBack: () => {}, unlisted: () => {} },
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
});
