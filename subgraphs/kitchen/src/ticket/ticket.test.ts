import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decide, MAX_ATTEMPTS, type TicketCommand } from './decide.ts';
import { evolve } from './events.ts';
import { hasEnded, isUnderWay, type TicketState } from './ticket.ts';

const after = (commands: TicketCommand[], stepCount = 2, from: TicketState = { status: 'WAITING' }): TicketState =>
  commands.reduce<TicketState>((state, command) => decide(command, state, stepCount).reduce(evolve, state), from);

const assign = (jobId: string, deviceId = 'oven-1'): TicketCommand => ({ do: 'assign', deviceId, jobId });
const lose = (jobId: string, counts = true): TicketCommand => ({
  do: 'note-loss',
  jobId,
  reason: 'HEATER_DEAD',
  counts,
});

describe('a ticket', () => {
  test('goes step by step to READY', () => {
    expect(after([{ do: 'queue' }, assign('a')])).toMatchObject({ status: 'COMMANDED', step: 0, jobId: 'a' });
    expect(after([{ do: 'queue' }, assign('a'), { do: 'note-start', jobId: 'a' }])).toMatchObject({
      status: 'COOKING',
    });
    const first: TicketCommand[] = [{ do: 'queue' }, assign('a'), { do: 'note-done', jobId: 'a' }];
    expect(after(first)).toMatchObject({ status: 'QUEUED', step: 1, attempts: 0 });
    expect(after([...first, assign('b'), { do: 'note-done', jobId: 'b' }])).toEqual({ status: 'READY' });
  });

  test('is not cooked before it is queued', () => {
    expect(after([assign('a')])).toEqual({ status: 'WAITING' });
  });

  test('a lost step is queued again, away from the device that lost it, and fails after three losses', () => {
    const commands: TicketCommand[] = [{ do: 'queue' }, assign('a'), lose('a')];
    expect(after(commands)).toEqual({ status: 'QUEUED', step: 0, attempts: 1, avoid: 'oven-1' });
    commands.push(assign('b'), lose('b'), assign('c'), lose('c'));
    expect(after(commands)).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('HEATER_DEAD') });
  });

  test('a command that came too late for the device is no attempt', () => {
    expect(after([{ do: 'queue' }, assign('a'), lose('a', false)])).toMatchObject({ status: 'QUEUED', attempts: 0 });
  });

  test('a step that was called back is not given out again before its job is known to be lost', () => {
    const recalled: TicketCommand[] = [{ do: 'queue' }, assign('a'), { do: 'recall', jobId: 'a' }];
    expect(after([...recalled, assign('b')])).toMatchObject({ status: 'RECALLED', jobId: 'a' });
    expect(after([...recalled, lose('a'), assign('b')])).toMatchObject({ status: 'COMMANDED', jobId: 'b' });
    expect(after([...recalled, { do: 'note-done', jobId: 'a' }])).toMatchObject({ status: 'QUEUED', step: 1 });
  });

  const jobId = fc.constantFrom('a', 'b', 'c', 'd');
  const command: fc.Arbitrary<TicketCommand> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<TicketCommand>({ do: 'queue' }) },
    { weight: 6, arbitrary: jobId.map((id) => assign(id)) },
    { weight: 4, arbitrary: jobId.map((id): TicketCommand => ({ do: 'note-start', jobId: id })) },
    { weight: 4, arbitrary: jobId.map((id): TicketCommand => ({ do: 'note-done', jobId: id })) },
    { weight: 3, arbitrary: fc.tuple(jobId, fc.boolean()).map(([id, counts]) => lose(id, counts)) },
    { weight: 2, arbitrary: jobId.map((id): TicketCommand => ({ do: 'recall', jobId: id })) },
    { weight: 1, arbitrary: fc.constant<TicketCommand>({ do: 'cancel' }) },
    { weight: 1, arbitrary: fc.constant<TicketCommand>({ do: 'fail', reason: 'NO_STATION' }) },
  );

  test('whatever comes, in whatever order: an end is the end, no step is skipped, one job at a time', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (commands, stepCount) => {
        let state: TicketState = { status: 'WAITING' };
        for (const given of commands) {
          const before: TicketState = state;
          const events = decide(given, before, stepCount);
          if (hasEnded(before)) expect(events).toEqual([]);
          state = events.reduce(evolve, before);
          if ('step' in state && 'step' in before) expect([before.step, before.step + 1]).toContain(state.step);
          if ('step' in state) expect(state.step).toBeLessThan(stepCount);
          if ('attempts' in state) expect(state.attempts).toBeLessThan(MAX_ATTEMPTS);
          if (isUnderWay(before) && isUnderWay(state)) expect(state.jobId).toBe(before.jobId);
          // The same again changes nothing, except that another job may be given out.
          if (given.do !== 'assign') expect(decide(given, state, stepCount)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
