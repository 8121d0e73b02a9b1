import type { TicketRow } from '../store/entities.ts';
import type { Ticket } from './ticket.type.ts';

const atStep = new Set(['QUEUED', 'COMMANDED', 'COOKING', 'RECALLED']);

type Row = Pick<
  TicketRow,
  | 'id'
  | 'status'
  | 'dishId'
  | 'quantity'
  | 'steps'
  | 'step'
  | 'attempts'
  | 'deviceId'
  | 'queuedAt'
  | 'startedAt'
  | 'readyAt'
>;

/** The API's ticket. */
export function ticketFromRow(row: Row): Ticket {
  const step = atStep.has(row.status) ? row.steps[row.step] : undefined;
  return {
    id: row.id,
    status: row.status as Ticket['status'],
    dish: { id: row.dishId },
    quantity: row.quantity,
    step: step ? { index: row.step + 1, count: row.steps.length, name: step.name } : null,
    attempts: row.attempts,
    stationId: row.deviceId ?? null,
    queuedAt: row.queuedAt ?? null,
    startedAt: row.startedAt ?? null,
    readyAt: row.readyAt ?? null,
  };
}
