import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useQuery } from '@apollo/client/react';
import { TrackOrderDocument, type OrderStatus } from '@brigade/graphql';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { monitor } from '../app/services.ts';
import { followOrder } from './follow-order.ts';

/** The streams say what changes; in case one lost something on its way, it is looked at now and then, milliseconds. */
const LOOK_MS = 20_000;

const open = new Set<OrderStatus>(['PLACED', 'CONFIRMED', 'PAID', 'COOKING']);

/** Whether something will still happen to it before it is handed over. */
export const isOpen = (status: OrderStatus): boolean => open.has(status);

/** What is no id of an order is the id of none. */
const isNoOrder = (error: unknown): boolean =>
  CombinedGraphQLErrors.is(error) && error.errors.every(({ extensions }) => extensions?.code === 'BAD_USER_INPUT');

/** An order as it is, live. */
export function useTrackedOrder(id: string) {
  const { data, loading, error, refetch, client, startPolling, stopPolling } = useQuery(TrackOrderDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    returnPartialData: false,
  });
  const order = data?.order;
  const isKnown = order != null;
  const cursor = useRef('');
  useEffect(() => {
    if (order) cursor.current = order.cursor;
  }, [order]);
  useEffect(() => {
    if (!isKnown) return undefined;
    return followOrder(client, id, cursor.current, () => void refetch());
  }, [client, id, isKnown, refetch]);

  const isLookedAt = order != null && isOpen(order.status);
  useEffect(() => {
    if (!isLookedAt) return undefined;
    startPolling(LOOK_MS);
    return stopPolling;
  }, [isLookedAt, startPolling, stopPolling]);

  const { connection } = useSyncExternalStore(monitor.subscribe, monitor.get);
  const before = useRef(connection);
  useEffect(() => {
    if (before.current !== 'live' && connection === 'live') void refetch();
    before.current = connection;
  }, [connection, refetch]);
  return {
    order,
    isLoading: loading,
    hasFailed: error !== undefined && !isNoOrder(error),
    retry: () => void refetch(),
  };
}
