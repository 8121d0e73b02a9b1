import type { ApolloClient } from '@apollo/client';
import {
  OrderListDocument,
  OrderRowFragmentDoc,
  OrdersChangedDocument,
  keepOpen,
  type OrderFilter,
  type OrderRowFragment,
} from '@brigade/graphql';

/** So often at most lists are drawn anew, however many orders change; milliseconds. */
const FLUSH_MS = 250;

export interface LiveOrdersOptions {
  readonly client: ApolloClient;
  /** The list that new orders join, at its top. */
  readonly list: { readonly first: number; readonly filter: OrderFilter | null };
  /** Whether a new order belongs in the list. */
  readonly belongs: (order: OrderRowFragment) => boolean;
}

/**
 * Keeps the orders in the cache as they are: what changes is written a few times a second in one go. Orders that a list
 * already has change where they stand. @returns what ends it
 */
export function startLiveOrders({ client, list, belongs }: LiveOrdersOptions): () => void {
  const changed = new Map<string, OrderRowFragment>();
  const flush = () => {
    if (changed.size === 0) return;
    const orders = [...changed.values()];
    changed.clear();
    client.cache.batch({ update: () => write(client, list, orders, belongs) });
  };
  const end = keepOpen(
    () => client.subscribe({ query: OrdersChangedDocument, fetchPolicy: 'no-cache', errorPolicy: 'all' }),
    ({ data }) => data && changed.set(data.ordersChanged.id, data.ordersChanged),
  );
  const timer = setInterval(flush, FLUSH_MS);
  return () => {
    clearInterval(timer);
    end();
  };
}

function write(
  client: ApolloClient,
  list: LiveOrdersOptions['list'],
  orders: readonly OrderRowFragment[],
  belongs: LiveOrdersOptions['belongs'],
): void {
  for (const order of orders) {
    client.cache.writeFragment({
      fragment: OrderRowFragmentDoc,
      fragmentName: 'OrderRow',
      data: { __typename: 'Order', ...order } as OrderRowFragment,
    });
  }
  client.cache.updateQuery({ query: OrderListDocument, variables: list }, (known) => {
    if (!known) return known;
    const ids = new Set(known.orders.edges.map(({ node }) => node.id));
    // Ids are in the order of placing: what is newer than the newest is new, what is older belongs to a later page.
    const newest = known.orders.edges[0]?.node.id ?? '';
    const fresh = orders.filter((order) => !ids.has(order.id) && order.id > newest && belongs(order));
    if (fresh.length === 0) return known;
    const edges = fresh
      .toSorted((a, b) => b.id.localeCompare(a.id))
      .map((node) => ({ __typename: 'OrderEdge', cursor: '', node }));
    return { ...known, orders: { ...known.orders, edges: [...edges, ...known.orders.edges] } };
  });
}
