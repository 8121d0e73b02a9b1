import type { ApolloClient } from '@apollo/client';
import {
  OrderProgressDocument,
  TicketProgressDocument,
  TrackedOrderFragmentDoc,
  keepOpen,
  type TrackedOrderFragment,
} from '@brigade/graphql';
import { mergeProgress } from './merge-progress.ts';

/**
 * Keeps an order in the cache as it is, from a cursor on without a gap, and its tickets.
 * @param onGap a stream had ended: a ticket's change may have been missed
 * @returns what ends it
 */
export function followOrder(client: ApolloClient, id: string, after: string, onGap: () => void): () => void {
  let cursor = after;
  const endOrders = keepOpen(
    () =>
      client.subscribe({
        query: OrderProgressDocument,
        variables: { id, after: cursor },
        fetchPolicy: 'no-cache',
        errorPolicy: 'all',
      }),
    ({ data }) => {
      if (!data) return;
      cursor = data.orderUpdated.cursor;
      writeProgress(client, data.orderUpdated);
    },
  );
  const endTickets = keepOpen(
    () => client.subscribe({ query: TicketProgressDocument, variables: { orderId: id }, errorPolicy: 'all' }),
    () => {
      // What it tells is written into the cache by type and id, and the page follows it.
    },
    onGap,
  );
  return () => {
    endOrders();
    endTickets();
  };
}

function writeProgress({ cache }: ApolloClient, heard: TrackedOrderFragment): void {
  const order = { __typename: 'Order', ...heard } as TrackedOrderFragment;
  const place = { fragment: TrackedOrderFragmentDoc, fragmentName: 'TrackedOrder', id: cache.identify({ ...order }) };
  const data = mergeProgress(cache.readFragment(place), order);
  if (data) cache.writeFragment({ ...place, data });
}
