import { useApolloClient, useQuery } from '@apollo/client/react';
import { OrderListDocument } from '@brigade/graphql';
import { Paper, Typography } from '@mui/material';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { startLiveOrders } from '../orders/live-orders.ts';
import { OrderTable } from '../orders/order-table.tsx';
import { ListState } from '../parts/list-state.tsx';
import { useLastKnown } from '../parts/use-last-known.ts';

const list = { first: 10, filter: null };

/** The newest orders on their way through their states. */
export function LatestOrders() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const { data, loading, error, refetch } = useQuery(OrderListDocument, {
    variables: list,
    fetchPolicy: 'cache-and-network',
  });
  useEffect(() => startLiveOrders({ client, list, belongs: () => true }), [client]);
  const orders =
    useLastKnown('', data)
      ?.orders?.edges.slice(0, list.first)
      .map(({ node }) => node) ?? [];
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2">{t('overview.latest')}</Typography>
      <ListState
        isLoading={loading}
        error={error}
        isEmpty={orders.length === 0}
        empty={t('orders.none')}
        onRetry={() => void refetch()}
      >
        <OrderTable orders={orders} />
      </ListState>
    </Paper>
  );
}
