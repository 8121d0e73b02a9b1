import { useQuery } from '@apollo/client/react';
import { OrderDetailDocument, OrderChangesDocument, keepOpen } from '@brigade/graphql';
import { Box, Button, Paper, Stack, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isAtLeast, useSession } from '../app/use-session.ts';
import { KEPT_MS, replayOf } from '../kitchen/travel/moment.ts';
import { ListState } from '../parts/list-state.tsx';
import { useLastKnown } from '../parts/use-last-known.ts';
import { StatusChip } from '../parts/status-chip.tsx';
import { CancelDialog, CompleteDialog } from './order-dialogs.tsx';
import { OrderFacts } from './order-facts.tsx';
import { OrderPayment } from './order-payment.tsx';
import { OrderTickets } from './order-tickets.tsx';
import { shortId } from './order-table.tsx';
import { SagaTimeline } from './saga-timeline.tsx';

const cancellable = new Set(['PLACED', 'CONFIRMED', 'PAID', 'COOKING']);

/** One order: its saga, its money, its tickets; live. */
export function OrderPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const who = useSession();
  const [openedAt] = useState(Date.now);
  const [dialog, setDialog] = useState<'cancel' | 'complete'>();
  const { client, data, loading, error, refetch } = useQuery(OrderDetailDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    returnPartialData: false,
  });
  const order = useLastKnown(id, data?.order ?? undefined);
  const cursor = order?.cursor;
  const isKnown = cursor !== undefined;
  // The kitchen keeps an hour.
  const isReplayable = order != null && openedAt - Date.parse(order.placedAt) < KEPT_MS;
  useEffect(() => {
    if (cursor === undefined) return undefined;
    // From what was read on, without a gap; what comes is written into the cache, and the page follows it.
    let after = cursor;
    return keepOpen(
      () => client.subscribe({ query: OrderChangesDocument, variables: { id, after }, errorPolicy: 'all' }),
      ({ data: heard, error: missing }) => {
        if (heard) after = heard.orderUpdated.cursor;
        if (missing) void refetch();
      },
    );
    // Not with each new cursor: the stream goes on by itself.
  }, [client, id, isKnown, refetch]); // eslint-disable-line react/exhaustive-deps
  return (
    <ListState
      isLoading={loading}
      error={error}
      isEmpty={!order}
      empty={t('orders.missing')}
      onRetry={() => void refetch()}
    >
      {order && (
        <Stack spacing={2}>
          <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
            <Button component={Link} to="/orders" size="small">
              {t('orders.back')}
            </Button>
            <Typography variant="h1">
              {t('orders.order')} <code>{shortId(order.id)}</code>
            </Typography>
            <StatusChip status={order.status} />
            <Box sx={{ flex: 1 }} />
            {isReplayable && (
              <Button component={Link} to={replayOf(order)}>
                {t('orders.replay')}
              </Button>
            )}
            {order.status === 'READY' && (
              <Button variant="contained" onClick={() => setDialog('complete')}>
                {t('orders.complete')}
              </Button>
            )}
            {cancellable.has(order.status) && (
              <Button color="error" variant="outlined" onClick={() => setDialog('cancel')}>
                {t('orders.cancel')}
              </Button>
            )}
          </Box>
          <Box
            sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', lg: '1.4fr 1fr' }, alignItems: 'start' }}
          >
            <Paper variant="outlined" sx={{ p: 2 }}>
              <SagaTimeline timeline={order.timeline} />
            </Paper>
            <Stack spacing={2}>
              <OrderFacts order={order} />
              <OrderPayment payment={order.payment} mayRefund={isAtLeast(who, 'MANAGER')} />
              <OrderTickets tickets={order.tickets} />
            </Stack>
          </Box>
          {dialog === 'cancel' && <CancelDialog order={order} onClose={() => setDialog(undefined)} />}
          {dialog === 'complete' && <CompleteDialog order={order} onClose={() => setDialog(undefined)} />}
        </Stack>
      )}
    </ListState>
  );
}
