import type { TicketEvent } from './events.ts';
import { hasEnded, isUnderWay, type TicketState } from './ticket.ts';

/** How often a step is tried, on whatever devices, before the ticket fails. */
export const MAX_ATTEMPTS = 3;

export type TicketCommand =
  | { do: 'queue' }
  | { do: 'assign'; deviceId: string; jobId: string }
  /** The device has the food in a slot. */
  | { do: 'note-start'; jobId: string }
  | { do: 'note-done'; jobId: string }
  /** The job will not be done: failed, refused, stopped, or forgotten. A mere delay (`counts: false`) is no attempt. */
  | { do: 'note-loss'; jobId: string; reason: string; counts: boolean }
  | { do: 'recall'; jobId: string }
  | { do: 'cancel' }
  | { do: 'fail'; reason: string };

/** What follows from a command or a report. Whatever speaks of another job, comes twice or too late changes nothing. */
export function decide(command: TicketCommand, state: TicketState, stepCount: number): TicketEvent[] {
  switch (command.do) {
    case 'queue':
      return state.status === 'WAITING' ? [{ type: 'TicketQueued' }] : [];
    case 'assign':
      return state.status === 'QUEUED'
        ? [{ type: 'StepAssigned', deviceId: command.deviceId, jobId: command.jobId }]
        : [];
    case 'note-start':
      return state.status === 'COMMANDED' && state.jobId === command.jobId ? [{ type: 'StepStarted' }] : [];
    case 'note-done': {
      if (!isUnderWay(state) || state.jobId !== command.jobId) return [];
      const started: TicketEvent[] = state.status === 'COMMANDED' ? [{ type: 'StepStarted' }] : [];
      const last = state.step + 1 === stepCount;
      return [...started, { type: 'StepDone' }, ...(last ? [{ type: 'TicketReady' } as const] : [])];
    }
    case 'note-loss': {
      if (!isUnderWay(state) || state.jobId !== command.jobId) return [];
      const attempts = state.attempts + (command.counts ? 1 : 0);
      const lost: TicketEvent = { type: 'StepLost', attempts };
      if (attempts < MAX_ATTEMPTS) return [lost];
      return [lost, { type: 'TicketFailed', reason: `STEP_FAILED: ${attempts} attempts, the last: ${command.reason}` }];
    }
    case 'recall':
      return (state.status === 'COMMANDED' || state.status === 'COOKING') && state.jobId === command.jobId
        ? [{ type: 'StepRecalled' }]
        : [];
    case 'cancel':
      return hasEnded(state) ? [] : [{ type: 'TicketCancelled' }];
    case 'fail':
      return hasEnded(state) ? [] : [{ type: 'TicketFailed', reason: command.reason }];
    default:
      return command satisfies never;
  }
}
