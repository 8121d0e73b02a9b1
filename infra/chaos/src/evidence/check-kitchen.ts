import type { Evidence, Violation } from './evidence.ts';

const ended = new Set(['READY', 'CANCELLED', 'FAILED']);

/** By the devices' log: no step of a ticket is cooked twice, and nothing is cooked that was not paid for. */
export function checkKitchen({ orders, tickets, jobs, ledger }: Evidence): Violation[] {
  const found: Violation[] = [];
  const ticketOf = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const charged = new Set(
    ledger.filter(({ kind, status }) => kind === 'charge' && status === 'succeeded').map(({ reference }) => reference),
  );
  const begun = new Map(jobs.begun.map((job) => [job.jobId, job]));
  const cooked = Map.groupBy(
    [...new Set(jobs.done)].flatMap((jobId) => begun.get(jobId) ?? []),
    ({ ticketId, step }) => `${ticketId} step ${step}`,
  );
  for (const [what, done] of cooked) {
    const orderId = ticketOf.get(done[0]?.ticketId ?? '')?.orderId;
    if (done.length > 1)
      found.push({
        kind: 'doubled',
        rule: 'a ticket is cooked at most once',
        detail: `${what}: ${done.map(({ jobId }) => jobId).join(', ')}`,
        ...(orderId && { orderId }),
      });
  }
  for (const { jobId, ticketId } of begun.values()) {
    const orderId = ticketOf.get(ticketId)?.orderId;
    if (orderId === undefined)
      found.push({ kind: 'lost', rule: 'every job has its ticket', detail: `${jobId} of ticket ${ticketId}` });
    else if (!charged.has(orderId))
      found.push({ kind: 'wrong', rule: 'nothing is cooked that was not paid for', detail: jobId, orderId });
  }
  const ordersWithTickets = new Set(tickets.map(({ orderId }) => orderId));
  for (const { orderId, status, id } of tickets) {
    if (!ended.has(status))
      found.push({ kind: 'lost', rule: 'every ticket ends', detail: `${id} is still ${status}`, orderId });
  }
  for (const { id: orderId, view } of orders) {
    if (view?.status === 'COMPLETED' && !ordersWithTickets.has(orderId))
      found.push({ kind: 'wrong', rule: 'what was handed over was cooked', detail: 'no ticket', orderId });
  }
  return found;
}
