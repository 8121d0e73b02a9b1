import type { EventBus } from '@brigade/service-kit';
import type { TicketRecord } from '../store/ticket-record.ts';
import type { TicketHistory } from './ticket-history.ts';

/** Changes of all tickets. */
export const EVERY_TICKET = 'tickets';
/** Changes of one order's tickets. */
export const ticketsOf = (orderId: string): string => `tickets:${orderId}`;

/** Tells whoever watches of the tickets that changed, and keeps the changes for those who look back. Never throws. */
export function tellTickets(
  bus: Pick<EventBus, 'publish'>,
  history: Pick<TicketHistory, 'keep'>,
  tickets: readonly TicketRecord[],
): void {
  void history.keep(tickets);
  for (const ticket of tickets) {
    void bus.publish(ticketsOf(ticket.order_id), ticket);
    void bus.publish(EVERY_TICKET, ticket);
  }
}
