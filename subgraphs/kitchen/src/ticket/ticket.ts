import type { RecipeStep } from '@brigade/schema';

/** A step of a ticket that a device was told to do. */
export interface StepUnderWay {
  /** Index into the steps, from 0. */
  step: number;
  /** How often this step was lost so far. */
  attempts: number;
  deviceId: string;
  jobId: string;
}

/**
 * Where a ticket stands. COMMANDED: a device was told, and has not answered. RECALLED: a device that does not answer
 * was told to stop; the step goes to another one only when this one's job is known to be lost.
 */
export type TicketState =
  | { status: 'WAITING' }
  | { status: 'QUEUED'; step: number; attempts: number; avoid: string | null }
  | ({ status: 'COMMANDED' } & StepUnderWay)
  | ({ status: 'COOKING' } & StepUnderWay)
  | ({ status: 'RECALLED' } & StepUnderWay)
  | { status: 'READY' }
  | { status: 'CANCELLED' }
  | { status: 'FAILED'; reason: string };

export const ticketStatuses = [
  'WAITING',
  'QUEUED',
  'COMMANDED',
  'COOKING',
  'RECALLED',
  'READY',
  'CANCELLED',
  'FAILED',
] as const satisfies readonly TicketState['status'][];

/** One line of an order on its way through the kitchen. */
export interface Ticket {
  readonly id: string;
  readonly dishId: string;
  readonly name: string;
  readonly quantity: number;
  /** The recipe as it was when the ticket was queued; empty before. */
  steps: readonly RecipeStep[];
  state: TicketState;
  /** Where it is cooked, or was last. */
  deviceId: string | null;
  queuedAt: string | null;
  startedAt: string | null;
  readyAt: string | null;
}

export type UnderWay = Extract<TicketState, StepUnderWay>;

export const isUnderWay = (state: TicketState): state is UnderWay => 'jobId' in state;
export const hasEnded = ({ status }: TicketState): boolean =>
  status === 'READY' || status === 'CANCELLED' || status === 'FAILED';
