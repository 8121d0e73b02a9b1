import type { TrackedOrderFragment, TrackedTicketFragment } from '@brigade/graphql';

const ended = new Set<TrackedTicketFragment['status']>(['READY', 'CANCELLED', 'FAILED']);

/**
 * What is known of an order once this is heard too, or undefined when it tells nothing new. A stream that comes back
 * begins where it first began; and what other services add may be missing, or older than what they told by themselves.
 */
export function mergeProgress(
  known: TrackedOrderFragment | null,
  heard: TrackedOrderFragment,
): TrackedOrderFragment | undefined {
  if (!known) return heard;
  if (heard.version < known.version) return undefined;
  const before = new Map(known.tickets?.map((ticket) => [ticket.id, ticket]));
  const tickets = heard.tickets?.map((ticket) => {
    const earlier = before.get(ticket.id);
    return earlier && ended.has(earlier.status) && !ended.has(ticket.status) ? earlier : ticket;
  });
  return { ...heard, tickets: tickets ?? known.tickets, payment: heard.payment ?? known.payment };
}
