import { describe, expect, test } from '@jest/globals';
import { World } from '../../tests/worlds/world.ts';
import { PlanRefused, PlannerBusy, PlannerFailed } from '../plan/plan-errors.ts';
import type { PlanOperation } from '../plan/planning-thread.ts';
import { settingsSchema } from '../settings/settings.ts';
import { OperationStore } from './operation-store.ts';

const world = new World({ things: 'type Query { a: Int }' });

function open(plan: PlanOperation) {
  const faults: unknown[] = [];
  const store = new OperationStore({
    supergraph: world.supergraph,
    plan,
    rules: { limits: settingsSchema.parse({}).limits, introspection: true },
    resume: {},
    mostOperations: 10,
    observer: { kept: () => {}, planned: () => {}, failed: (error) => faults.push(error), unlisted: () => {} },
  });
  return { ask: () => store.get('{ a }', undefined).executable(), faults };
}

describe('an operation that is not planned', () => {
  test.each([
    ['too complex', new PlanRefused('OPERATION_TOO_COMPLEX', 'too many ways'), 400, 'OPERATION_TOO_COMPLEX'],
    ['not supported', new PlanRefused('OPERATION_NOT_SUPPORTED', 'two values'), 400, 'OPERATION_NOT_SUPPORTED'],
    ['not its turn', new PlannerBusy('too many wait'), 503, 'ROUTER_BUSY'],
  ])('%s: the client is told why', async (_what, error, status, code) => {
    const { ask, faults } = open(() => Promise.reject(error));
    await expect(ask()).rejects.toMatchObject({ status, errors: [{ message: error.message, extensions: { code } }] });
    expect(faults).toEqual([]);
  });

  test.each([
    ['the planner', new PlannerFailed('an assertion'), undefined],
    [
      'the plan',
      undefined,
      { kind: 'QueryPlan' as const, node: { kind: 'Defer' as const, primary: {}, deferred: [] } },
    ],
  ])('by a fault of %s: the operator is told why, and the next request tries again', async (_what, error, plan) => {
    let planned = 0;
    const { ask, faults } = open(() => {
      planned += 1;
      return plan ? Promise.resolve(plan) : Promise.reject(error);
    });
    for (let times = 1; times <= 2; times += 1) {
      await expect(ask()).rejects.toMatchObject({
        status: 500,
        errors: [{ message: 'Something went wrong on our side.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      });
      expect([planned, faults.length]).toEqual([times, times]);
    }
    if (error) expect(faults[0]).toBe(error);
  });
});
