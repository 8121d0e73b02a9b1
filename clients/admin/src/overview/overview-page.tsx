import { useQuery } from '@apollo/client/react';
import { OrderStatisticsDocument } from '@brigade/graphql';
import { Box, Paper, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { ListState } from '../parts/list-state.tsx';
import { useFormats } from '../parts/use-formats.ts';
import { useLastKnown } from '../parts/use-last-known.ts';
import { Figure } from './figure.tsx';
import { LatestOrders } from './latest-orders.tsx';
import { MinuteBars } from './minute-bars.tsx';
import { OpenOrders } from './open-orders.tsx';

const POLL_MS = 2_000;
const MINUTES = 60;
/** "Now" is the mean of so many whole minutes. */
const RECENT = 5;

/** How the restaurant does at this moment. */
export function OverviewPage() {
  const { t } = useTranslation();
  const { money, number } = useFormats();
  const { data, loading, error, refetch } = useQuery(OrderStatisticsDocument, {
    variables: { minutes: MINUTES },
    pollInterval: POLL_MS,
  });
  const statistics = useLastKnown('', data)?.orderStatistics;
  const recent = statistics?.perMinute.slice(-RECENT - 1, -1) ?? [];
  const perMinute = recent.reduce((sum, { placed }) => sum + placed, 0) / Math.max(1, recent.length);
  return (
    <>
      <Typography variant="h1" sx={{ mb: 2 }}>
        {t('nav.overview')}
      </Typography>
      <ListState
        isLoading={loading}
        error={error}
        isEmpty={!statistics}
        empty={t('overview.none')}
        onRetry={() => void refetch()}
      >
        {statistics && (
          <>
            <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))', mb: 2 }}>
              <Figure label={t('overview.perMinute')} value={number(perMinute)} />
              <Figure
                label={t('overview.open')}
                value={number(statistics.openByStatus.reduce((sum, { count }) => sum + count, 0))}
              />
              <Figure
                label={t('overview.cooking')}
                value={statistics.averageCookingSeconds == null ? '–' : `${number(statistics.averageCookingSeconds)} s`}
              />
              <Figure label={t('overview.revenue')} value={money(statistics.revenue)} />
              <Figure label={t('overview.failed')} value={number(statistics.failed)} isBad={statistics.failed > 0} />
            </Box>
            <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', md: '2fr 1fr' }, mb: 2 }}>
              <Paper variant="outlined" sx={{ p: 2 }}>
                <Typography variant="h2">{t('overview.lastHour')}</Typography>
                <MinuteBars minutes={statistics.perMinute} />
              </Paper>
              <Paper variant="outlined" sx={{ p: 2 }}>
                <Typography variant="h2">{t('overview.byState')}</Typography>
                <OpenOrders counts={statistics.openByStatus} />
              </Paper>
            </Box>
          </>
        )}
      </ListState>
      <LatestOrders />
    </>
  );
}
