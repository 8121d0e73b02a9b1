import { useApolloClient } from '@apollo/client/react';
import { StationHistoryDocument } from '@brigade/graphql';
import { Box, Typography } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../kitchen-store.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { Track, blankReading } from '../twin/track.ts';
import { usePulse } from '../use-pulse.ts';
import { chartPath, span } from './chart-path.ts';

const WINDOW_MS = 300_000;
const PULSE_MS = 500;
export const SIZE = { width: 320, height: 120 };

/** The last five minutes of a station's temperature, up to what is shown now. */
export function TemperatureChart({ station, twin }: { station: StationView; twin: KitchenTwin }) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const line = useRef<SVGPathElement>(null);
  const aim = useRef<SVGPathElement>(null);
  const limits = useRef<SVGTextElement>(null);
  const track = useRef(new Track(1_500));
  const loaded = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const load = () => {
      // What the chart begins with; from then on it grows with the readings that come.
      const to = twin.playhead.isLive ? twin.playhead.present() : twin.playhead.time();
      if (Math.abs(to - loaded.current) < WINDOW_MS / 10) return;
      loaded.current = to;
      const variables = {
        id: station.id,
        from: new Date(to - WINDOW_MS).toISOString(),
        to: new Date(to).toISOString(),
      };
      client.query({ query: StationHistoryDocument, variables, fetchPolicy: 'no-cache' }).then(
        ({ data }) => {
          for (const { at, temperature, setPoint } of data?.station?.history ?? []) {
            track.current.add({ ...blankReading(), at: Date.parse(at), temperature, setPoint });
          }
        },
        () => {
          // The chart then begins with what comes from now on.
          loaded.current = Number.NEGATIVE_INFINITY;
        },
      );
    };
    load();
    return twin.playhead.subscribe(load);
  }, [client, station.id, twin]);
  usePulse(PULSE_MS, () => {
    const to = twin.playhead.time();
    const from = to - WINDOW_MS;
    for (const reading of twin
      .track(station.id)
      .between(Math.max(from, (track.current.last?.at ?? 0) + 900), to, 1_000)) {
      track.current.add({
        ...blankReading(),
        at: reading.at,
        temperature: reading.temperature,
        setPoint: reading.setPoint,
      });
    }
    const readings = [...track.current.between(from, to, 0)];
    const scale = span(readings);
    line.current?.setAttribute(
      'd',
      chartPath(readings, ({ temperature }) => temperature, { from, to }, scale, SIZE),
    );
    aim.current?.setAttribute(
      'd',
      chartPath(readings, ({ setPoint }) => setPoint, { from, to }, scale, SIZE),
    );
    if (limits.current) limits.current.textContent = `${Math.round(scale.low)} – ${Math.round(scale.high)} °C`;
  });
  return (
    <Box>
      <Typography variant="caption" color="text.secondary">
        {t('kitchen.chart')}
      </Typography>
      <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} role="img" aria-label={t('kitchen.chart')} width="100%">
        <rect width={SIZE.width} height={SIZE.height} fill="currentColor" fillOpacity={0.05} rx={6} />
        <path ref={aim} fill="none" stroke="currentColor" strokeOpacity={0.45} strokeDasharray="4 4" />
        <path ref={line} fill="none" stroke="#e0662a" strokeWidth={2} strokeLinejoin="round" />
        <text ref={limits} x={8} y={16} fontSize={11} fill="currentColor" fillOpacity={0.7} />
      </svg>
    </Box>
  );
}
