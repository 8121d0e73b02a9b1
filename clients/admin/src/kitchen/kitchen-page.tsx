import { useApolloClient } from '@apollo/client/react';
import { Alert, Box, Paper, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { Profiler, Suspense, lazy, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useStore } from 'zustand';
import { findRenderer } from '../drawing/find-renderer.ts';
import { Alarms } from './alarms.tsx';
import { DevicePanel } from './device/device-panel.tsx';
import { PastFeed } from './feeds/past-feed.ts';
import { startLiveFeed } from './feeds/live-feed.ts';
import { createKitchenStore, watchTwin } from './kitchen-store.ts';
import { KitchenPlan } from './plan/kitchen-plan.tsx';
import { countCommit } from './scene/probe.ts';
import { StationList } from './station-list.tsx';
import { momentFrom } from './travel/moment.ts';
import { TimeTravel } from './travel/time-travel.tsx';
import { KitchenTwin } from './twin/kitchen-twin.ts';

const KitchenScene = lazy(() => import('./scene/kitchen-scene.tsx'));
const PREPARE_EVERY_MS = 500;

/** The kitchen, live or as it was: in three dimensions, or as a plan where those are not to be had. */
export function KitchenPage() {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [{ twin, store, past }] = useState(() => {
    const made = new KitchenTwin();
    return { twin: made, store: createKitchenStore(), past: new PastFeed(client, made) };
  });
  const [search, setSearch] = useSearchParams();
  const [renderer] = useState(findRenderer);
  const can3d = renderer !== undefined;
  const view = renderer !== undefined && search.get('view') !== '2d' ? '3d' : '2d';
  const { load, stations, tickets, selected } = useStore(store);
  useEffect(() => {
    const stopFeed = startLiveFeed(client, twin, store);
    const stopWatching = watchTwin(twin, store);
    const preparing = setInterval(() => void past.prepare(), PREPARE_EVERY_MS);
    const stopListening = twin.playhead.subscribe(() => void past.prepare());
    return () => {
      stopFeed();
      stopWatching();
      clearInterval(preparing);
      stopListening();
    };
  }, [client, twin, store, past]);
  useEffect(() => {
    const moment = momentFrom(search, Date.now());
    if (moment) twin.playhead.seek(moment.at, moment.rate);
    // Where the page was opened; from then on people travel by the bar.
  }, [twin]); // eslint-disable-line react-hooks/exhaustive-deps
  const select = (stationId: string | undefined) => store.setState({ selected: stationId });
  const station = stations.find(({ id }) => id === selected);
  return (
    <Profiler id="kitchen" onRender={countCommit}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1.5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {t('nav.kitchen')}
        </Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view}
          aria-label={t('kitchen.view')}
          onChange={(_event, next: '2d' | '3d' | null) => next && setSearch(next === '2d' ? { view: '2d' } : {})}
        >
          <ToggleButton value="3d" disabled={!can3d}>
            3D
          </ToggleButton>
          <ToggleButton value="2d">{t('kitchen.plan')}</ToggleButton>
        </ToggleButtonGroup>
      </Box>
      {!can3d && (
        <Alert severity="info" sx={{ mb: 1.5 }}>
          {t('kitchen.noWebGl')}
        </Alert>
      )}
      {load === 'failed' && <Alert severity="error">{t('kitchen.failed')}</Alert>}
      {load === 'ready' && stations.length === 0 && <Alert severity="info">{t('kitchen.empty')}</Alert>}
      <Alarms stations={stations} onSelect={select} />
      <Box
        sx={{
          flex: 1,
          display: 'grid',
          gap: 2,
          minHeight: 420,
          gridTemplateRows: { lg: 'minmax(0, 1fr)' },
          gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 340px' },
        }}
      >
        <Paper variant="outlined" sx={{ position: 'relative', overflow: 'hidden', minHeight: 400, bgcolor: '#191613' }}>
          {load === 'loading' && (
            <Skeleton variant="rectangular" sx={{ position: 'absolute', inset: 0, height: '100%' }} />
          )}
          {stations.length > 0 &&
            (view === '3d' ? (
              <Suspense
                fallback={<Skeleton variant="rectangular" sx={{ position: 'absolute', inset: 0, height: '100%' }} />}
              >
                <Box sx={{ position: 'absolute', inset: 0 }}>
                  <KitchenScene
                    stations={stations}
                    tickets={tickets}
                    markedOrder={search.get('order')}
                    twin={twin}
                    selected={selected}
                    onSelect={select}
                    renderer={renderer ?? ''}
                    label={t('kitchen.picture', { count: stations.length })}
                  />
                </Box>
              </Suspense>
            ) : (
              <KitchenPlan stations={stations} tickets={tickets} twin={twin} selected={selected} onSelect={select} />
            ))}
        </Paper>
        <Paper variant="outlined" sx={{ p: 2, overflow: 'auto' }}>
          {station ? (
            <DevicePanel
              key={station.id}
              station={station}
              twin={twin}
              tickets={tickets}
              onClose={() => select(undefined)}
            />
          ) : (
            <StationList stations={stations} onSelect={select} />
          )}
        </Paper>
      </Box>
      <TimeTravel twin={twin} store={store} />
    </Profiler>
  );
}
