import type { TicketRow } from '../store/entities.ts';
import type { TicketRecord } from '../store/ticket-record.ts';
import type { Ticket, TicketStep } from './ticket.type.ts';

const atStep = new Set(['QUEUED', 'COMMANDED', 'COOKING', 'RECALLED']);

type Row = Pick<
  TicketRow,
  | 'id'
  | 'orderId'
  | 'name'
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

/** The step that a ticket is at. */
export function stepOf({ status, steps, step }: Pick<TicketRow, 'status' | 'steps' | 'step'>): TicketStep | null {
  const present = atStep.has(status) ? steps[step] : undefined;
  return present ? { index: step + 1, count: steps.length, name: present.name } : null;
}

/** The API's ticket. */
export function ticketFromRow(row: Row): Ticket {
  return {
    id: row.id,
    status: row.status as Ticket['status'],
    dish: { id: row.dishId },
    dishName: row.name,
    order: { id: row.orderId },
    quantity: row.quantity,
    step: stepOf(row),
    attempts: row.attempts,
    stationId: row.deviceId ?? null,
    queuedAt: row.queuedAt ?? null,
    startedAt: row.startedAt ?? null,
    readyAt: row.readyAt ?? null,
  };
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** The API's ticket as a change has left it. */
export const ticketFromRecord = (record: TicketRecord): Ticket =>
  ticketFromRow({
    ...record,
    orderId: record.order_id,
    dishId: record.dish_id,
    deviceId: record.device_id,
    queuedAt: date(record.queued_at),
    startedAt: date(record.started_at),
    readyAt: date(record.ready_at),
  });
