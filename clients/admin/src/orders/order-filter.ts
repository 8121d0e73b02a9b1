import type { OrderFilter, OrderStatus } from '@brigade/graphql';

export const orderStatuses: readonly OrderStatus[] = [
  'PLACED',
  'CONFIRMED',
  'PAID',
  'COOKING',
  'READY',
  'COMPLETED',
  'REJECTED',
  'CANCELLED',
  'FAILED',
];

/** The filter that an address of the page stands for; null where it asks for all. Whatever it does not know is ignored. */
export function filterFrom(search: URLSearchParams): OrderFilter | null {
  const statuses = search
    .getAll('status')
    .filter((text): text is OrderStatus => (orderStatuses as readonly string[]).includes(text));
  const words = search.get('search')?.trim().slice(0, 100);
  if (statuses.length === 0 && !words) return null;
  return { ...(statuses.length > 0 && { statuses }), ...(words && { search: words }) };
}
