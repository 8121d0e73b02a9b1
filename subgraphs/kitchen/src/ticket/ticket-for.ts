import type { Ticket } from './ticket.ts';

/** A ticket has the id of its line: one line, one ticket, however often the order is heard of. */
export const ticketFor = (line: { lineId: string; dishId: string; name: string; quantity: number }): Ticket => ({
  id: line.lineId,
  dishId: line.dishId,
  name: line.name,
  quantity: line.quantity,
  steps: [],
  state: { status: 'WAITING' },
  deviceId: null,
  queuedAt: null,
  startedAt: null,
  readyAt: null,
});
