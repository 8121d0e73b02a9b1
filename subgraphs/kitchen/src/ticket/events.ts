import { isUnderWay, type StepUnderWay, type TicketState, type UnderWay } from './ticket.ts';

export type TicketEvent =
  | { type: 'TicketQueued' }
  | { type: 'StepAssigned'; deviceId: string; jobId: string }
  | { type: 'StepStarted' }
  | { type: 'StepDone' }
  | { type: 'StepLost'; attempts: number }
  | { type: 'StepRecalled' }
  | { type: 'TicketReady' }
  | { type: 'TicketCancelled' }
  | { type: 'TicketFailed'; reason: string };

/** The state after one more event. @throws Error for an event that `decide` never gives in this state */
export function evolve(state: TicketState, event: TicketEvent): TicketState {
  switch (event.type) {
    case 'TicketQueued':
      return { status: 'QUEUED', step: 0, attempts: 0, avoid: null };
    case 'StepAssigned': {
      if (state.status !== 'QUEUED') throw impossible(state, event);
      const { step, attempts } = state;
      return { status: 'COMMANDED', step, attempts, deviceId: event.deviceId, jobId: event.jobId };
    }
    case 'StepStarted':
      return { status: 'COOKING', ...underWay(state, event) };
    case 'StepDone':
      return { status: 'QUEUED', step: underWay(state, event).step + 1, attempts: 0, avoid: null };
    case 'StepLost': {
      const { step, deviceId } = underWay(state, event);
      return { status: 'QUEUED', step, attempts: event.attempts, avoid: deviceId };
    }
    case 'StepRecalled':
      return { status: 'RECALLED', ...underWay(state, event) };
    case 'TicketReady':
      return { status: 'READY' };
    case 'TicketCancelled':
      return { status: 'CANCELLED' };
    case 'TicketFailed':
      return { status: 'FAILED', reason: event.reason };
    default:
      return event satisfies never;
  }
}

function underWay(state: TicketState, event: TicketEvent): StepUnderWay {
  if (!isUnderWay(state)) throw impossible(state, event);
  const { step, attempts, deviceId, jobId }: UnderWay = state;
  return { step, attempts, deviceId, jobId };
}

const impossible = (state: TicketState, event: TicketEvent) =>
  new Error(`${event.type} can't happen to a ticket that is ${state.status}`);
