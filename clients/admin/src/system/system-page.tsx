import { useQuery } from '@apollo/client/react';
import { SystemMapDocument } from '@brigade/graphql';
import { Box, Paper, Skeleton, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { Suspense, lazy, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { findRenderer } from '../drawing/find-renderer.ts';
import { ListState } from '../parts/list-state.tsx';
import { useLastKnown } from '../parts/use-last-known.ts';
import { layOutMap } from './map-layout.ts';
import { MapLegend } from './map-legend.tsx';
import { NodePanel } from './node-panel.tsx';
import { Particles } from './particles.ts';
import { SystemPlan } from './system-plan.tsx';

const SystemScene = lazy(() => import('./system-scene.tsx'));
const POLL_MS = 2_000;

/** What runs, how it is, and what goes between, as measured over the last seconds. */
export function SystemPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [renderer] = useState(findRenderer);
  const [particles] = useState(() => new Particles());
  const [selected, setSelected] = useState<string>();
  const { data, loading, error, refetch } = useQuery(SystemMapDocument, {
    pollInterval: POLL_MS,
    fetchPolicy: 'network-only',
  });
  const map = useLastKnown('', data)?.systemMap;
  useEffect(() => particles.measure(map?.edges ?? []), [particles, map]);
  const view = renderer !== undefined && search.get('view') === '3d' ? '3d' : '2d';
  // Where a node stands depends on which there are, not on how they are.
  const key = map?.nodes.map(({ id, kind }) => `${id} ${kind}`).join() ?? '';
  const spots = useMemo(() => layOutMap(map?.nodes ?? []), [key]); // eslint-disable-line react/exhaustive-deps
  const node = map?.nodes.find(({ id }) => id === selected);
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, mb: 1.5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {t('nav.system')}
        </Typography>
        <ToggleButtonGroup
          exclusive
          size="small"
          value={view}
          aria-label={t('kitchen.view')}
          onChange={(_event, next: '2d' | '3d' | null) => next && setSearch(next === '3d' ? { view: '3d' } : {})}
        >
          <ToggleButton value="2d">2D</ToggleButton>
          <ToggleButton value="3d" disabled={renderer === undefined}>
            3D
          </ToggleButton>
        </ToggleButtonGroup>
      </Box>
      <ListState
        isLoading={loading}
        error={error}
        isEmpty={!map}
        empty={t('system.none')}
        onRetry={() => void refetch()}
      >
        {map && (
          <Box
            sx={{
              flex: 1,
              display: 'grid',
              gap: 2,
              minHeight: 420,
              gridTemplateRows: { lg: 'minmax(0, 1fr)' },
              gridTemplateColumns: { xs: '1fr', lg: 'minmax(0, 1fr) 320px' },
            }}
          >
            <Paper variant="outlined" sx={{ position: 'relative', minHeight: 400, overflow: 'hidden' }}>
              {view === '3d' ? (
                <Suspense
                  fallback={<Skeleton variant="rectangular" sx={{ position: 'absolute', inset: 0, height: '100%' }} />}
                >
                  <Box sx={{ position: 'absolute', inset: 0 }}>
                    <SystemScene
                      renderer={renderer ?? ''}
                      {...map}
                      spots={spots}
                      particles={particles}
                      selected={selected}
                      onSelect={setSelected}
                    />
                  </Box>
                </Suspense>
              ) : (
                <SystemPlan {...map} spots={spots} particles={particles} selected={selected} onSelect={setSelected} />
              )}
            </Paper>
            <Paper variant="outlined" sx={{ p: 2, overflow: 'auto' }}>
              {node ? (
                <NodePanel node={node} edges={map.edges} onClose={() => setSelected(undefined)} />
              ) : (
                <MapLegend nodes={map.nodes} onSelect={setSelected} />
              )}
            </Paper>
          </Box>
        )}
      </ListState>
    </>
  );
}
