import type { RecipeStep } from '@brigade/schema';
import { isUnderWay, type Ticket, type TicketState } from '../ticket/ticket.ts';

/** A row of `tickets`, as JSON both ways. */
export interface TicketRecord {
  id: string;
  order_id: string;
  position: number;
  dish_id: string;
  name: string;
  quantity: number;
  status: TicketState['status'];
  steps: RecipeStep[];
  step: number;
  attempts: number;
  station_kind: string | null;
  device_id: string | null;
  job_id: string | null;
  avoid: string | null;
  reason: string | null;
  queued_at: string | null;
  started_at: string | null;
  ready_at: string | null;
}

export function ticketOf(record: TicketRecord): Ticket {
  const { id, dish_id, name, quantity, steps, device_id, queued_at, started_at, ready_at } = record;
  return {
    id,
    dishId: dish_id,
    name,
    quantity,
    steps,
    state: stateOf(record),
    deviceId: device_id,
    queuedAt: queued_at,
    startedAt: started_at,
    readyAt: ready_at,
  };
}

function stateOf({ status, step, attempts, device_id, job_id, avoid, reason }: TicketRecord): TicketState {
  switch (status) {
    case 'WAITING':
    case 'READY':
    case 'CANCELLED':
      return { status };
    case 'QUEUED':
      return { status, step, attempts, avoid };
    case 'COMMANDED':
    case 'COOKING':
    case 'RECALLED':
      return { status, step, attempts, deviceId: device_id ?? '', jobId: job_id ?? '' };
    case 'FAILED':
      return { status, reason: reason ?? '' };
    default:
      return status satisfies never;
  }
}

export function recordOf(ticket: Ticket, orderId: string, position: number): TicketRecord {
  const { state, steps } = ticket;
  const active = 'step' in state ? state : undefined;
  return {
    id: ticket.id,
    order_id: orderId,
    position,
    dish_id: ticket.dishId,
    name: ticket.name,
    quantity: ticket.quantity,
    status: state.status,
    steps: [...steps],
    step: active?.step ?? (state.status === 'READY' ? steps.length : 0),
    attempts: active?.attempts ?? 0,
    station_kind: (active && steps[active.step]?.station) ?? null,
    device_id: ticket.deviceId,
    job_id: isUnderWay(state) ? state.jobId : null,
    avoid: state.status === 'QUEUED' ? state.avoid : null,
    reason: state.status === 'FAILED' ? state.reason : null,
    queued_at: ticket.queuedAt,
    started_at: ticket.startedAt,
    ready_at: ticket.readyAt,
  };
}
