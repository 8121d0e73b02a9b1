import type { OrderViewRow } from '../store/entities.ts';
import type { Order } from './order.type.ts';

/** The API's order from its read model. */
export const orderFromView = (view: OrderViewRow): Order => ({
  id: view.id,
  status: view.status as Order['status'],
  reason: view.reason ?? null,
  version: view.version,
  customer: { id: view.customerId },
  lines: view.lines.map((line) => ({ ...line, id: line.lineId, dish: { id: line.dishId } })),
  total: { amountMinor: view.totalMinor, currency: view.currency as 'EUR' },
  deliveryAddress: view.deliveryAddress,
  placedAt: view.placedAt,
  updatedAt: view.updatedAt,
});
