import type { RecordedEvent } from '@brigade/service-kit';
import { deadlineOf, type Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import { broughtAboutBy } from '../order/brought-about-by.ts';
import { evolve, isEnded, noOrder, type Order, type OrderStatus } from '../order/order.ts';
import type { OrderViewRow, TimelineRow } from '../store/entities.ts';

/** The read models of one order, as plain data. */
export interface Projection {
  order: Order;
  view: OrderViewRow;
  timeline: TimelineRow[];
}

/** Folds recorded events, in order, into the read models. Pure: the same events give the same rows. */
export function project(
  before: Projection | undefined,
  events: readonly RecordedEvent<OrderEvent>[],
  deadlines: Deadlines,
): Projection {
  let projection = before;
  for (const recorded of events) projection = projectOne(projection, recorded, deadlines);
  if (!projection) throw new Error('nothing to project');
  return projection;
}

function projectOne(
  before: Projection | undefined,
  recorded: RecordedEvent<OrderEvent>,
  deadlines: Deadlines,
): Projection {
  const { event, version, at, streamId, correlationId, traceId } = recorded;
  const order = evolve(before?.order ?? noOrder, event);
  const status = order.status as OrderStatus;
  const base = before?.view ?? firstView(recorded);
  const moved = base.status !== status;
  const deadline = moved || !before ? deadlineOf(status, at, deadlines) : undefined;
  const view: OrderViewRow = {
    ...base,
    version,
    status,
    reason: isEnded(order) ? order.reason : null,
    updatedAt: new Date(at),
    deadlineAt: deadline === undefined ? (base.deadlineAt ?? null) : deadline === null ? null : new Date(deadline),
  };
  const entry: TimelineRow = {
    orderId: streamId,
    version,
    name: event.type,
    status,
    detail: detailOf(event),
    at: new Date(at),
    service: broughtAboutBy[event.type],
    correlationId,
    traceId,
  };
  return { order, view, timeline: [...(before?.timeline ?? []), entry] };
}

function firstView({ streamId, event, at }: RecordedEvent<OrderEvent>): OrderViewRow {
  if (event.type !== 'OrderPlaced') throw new Error(`a stream must begin with OrderPlaced, not ${event.type}`);
  return {
    id: streamId,
    version: 0,
    customerId: event.customerId,
    status: 'PLACED',
    reason: null,
    lines: event.lines,
    totalMinor: event.total.amountMinor,
    currency: event.total.currency,
    deliveryAddress: event.deliveryAddress,
    paymentMethodId: event.paymentMethodId,
    placedAt: new Date(at),
    updatedAt: new Date(at),
    deadlineAt: null,
  };
}

const detailOf = (event: OrderEvent): string | null => ('reason' in event ? event.reason : null);
