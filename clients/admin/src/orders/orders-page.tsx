import { useApolloClient, useQuery } from '@apollo/client/react';
import { OrderListDocument, type OrderFilter } from '@brigade/graphql';
import { Button, Typography } from '@mui/material';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ListState } from '../parts/list-state.tsx';
import { useLastKnown } from '../parts/use-last-known.ts';
import { startLiveOrders } from './live-orders.ts';
import { OrderFilters } from './order-filters.tsx';
import { OrderTable } from './order-table.tsx';
import { filterFrom } from './order-filter.ts';

const PAGE = 25;

/** All orders, newest first, as they are now. */
export function OrdersPage() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [search, setSearch] = useSearchParams();
  const key = search.toString();
  const filter = useMemo<OrderFilter | null>(() => filterFrom(new URLSearchParams(key)), [key]);
  const { data, loading, error, fetchMore, refetch } = useQuery(OrderListDocument, {
    variables: { first: PAGE, filter },
    fetchPolicy: 'cache-and-network',
  });
  useEffect(() => {
    const list = { first: PAGE, filter };
    // What a search finds only the service knows; a filter by status, we can tell.
    const belongs = ({ status }: { status: string }) =>
      !filter?.search && (!filter?.statuses || (filter.statuses as readonly string[]).includes(status));
    return startLiveOrders({ client, list, belongs });
  }, [client, filter]);
  const orders = useLastKnown(key, data)?.orders;
  const edges = orders?.edges ?? [];
  const { hasNextPage, endCursor } = orders?.pageInfo ?? {};
  return (
    <>
      <Typography variant="h1" sx={{ mb: 2 }}>
        {t('nav.orders')}
      </Typography>
      <OrderFilters search={search} onChange={setSearch} />
      <ListState
        isLoading={loading}
        error={error}
        isEmpty={edges.length === 0}
        empty={filter ? t('orders.noMatch') : t('orders.none')}
        onRetry={() => void refetch()}
      >
        <OrderTable orders={edges.map(({ node }) => node)} />
      </ListState>
      {hasNextPage && (
        <Button
          sx={{ mt: 1, alignSelf: 'center' }}
          loading={loading}
          onClick={() => void fetchMore({ variables: { after: endCursor } })}
        >
          {t('page.more')}
        </Button>
      )}
    </>
  );
}
