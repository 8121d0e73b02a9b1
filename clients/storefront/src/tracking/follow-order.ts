import type { ApolloClient } from '@apollo/client';
import {
  OrderProgressDocument,
  TicketProgressDocument,
  TrackedOrderFragmentDoc,
  type TrackedOrderFragment,
} from '@brigade/graphql';
import { mergeProgress } from './merge-progress.ts';

/** After a stream has ended, it is opened again; milliseconds. */
const AGAIN_MS = 3_000;

/**
 * Keeps an order in the cache as it is, from a cursor on without a gap, and its tickets.
 * @param onGap a stream had ended: a ticket's change may have been missed
 * @returns what ends it
 */
export function followOrder(client: ApolloClient, id: string, after: string, onGap: () => void): () => void {
  let cursor = after;
  const endOrders = keepOpen((again) =>
    client
      .subscribe({ query: OrderProgressDocument, variables: { id, after: cursor }, fetchPolicy: 'no-cache' })
      .subscribe({
        next: ({ data }) => {
          if (!data) return;
          cursor = data.orderUpdated.cursor;
          writeProgress(client, data.orderUpdated);
        },
        error: again,
        complete: again,
      }),
  );
  const endTickets = keepOpen((again) =>
    // What it tells is written into the cache by type and id, and the page follows it.
    client.subscribe({ query: TicketProgressDocument, variables: { orderId: id } }).subscribe({
      error: () => (onGap(), again()),
      complete: () => (onGap(), again()),
    }),
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

/** Opens a stream, and again after each end. @returns what ends it for good */
function keepOpen(open: (again: () => void) => { unsubscribe(): void }): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const again = () => {
    if (!isOver) timer = setTimeout(() => (stream = open(again)), AGAIN_MS);
  };
  let stream = open(again);
  return () => {
    isOver = true;
    clearTimeout(timer);
    stream.unsubscribe();
  };
}
