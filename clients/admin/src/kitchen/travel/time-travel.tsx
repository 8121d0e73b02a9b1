import { Button, ButtonGroup, Chip, Paper, Slider, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { KitchenStore } from '../kitchen-store.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { usePulse } from '../use-pulse.ts';
import { KEPT_MS } from './moment.ts';

const PULSE_MS = 1_000;
const RATES = [0, 1, 10] as const;

/** Back through the last hour: a slider, and how fast time goes from there. */
export function TimeTravel({ twin, store }: { twin: KitchenTwin; store: KitchenStore }) {
  const { t, i18n } = useTranslation();
  const { isLive, rate } = useStore(store);
  const [{ time, present }, setClock] = useState(() => ({
    time: twin.playhead.time(),
    present: twin.playhead.present(),
  }));
  const look = () => setClock({ time: twin.playhead.time(), present: twin.playhead.present() });
  usePulse(PULSE_MS, look);
  const seek = (next: number) => {
    // Forward to the end is the present; back from there, even by one key, is the past.
    if (next >= time && next >= present - 2_000) twin.playhead.live();
    else twin.playhead.seek(next, isLive ? 1 : rate);
    look();
  };
  const setRate = (next: number) => {
    twin.playhead.setRate(next);
    look();
  };
  const ago = Math.round((time - present) / 1_000);
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-label={t('travel.title')}
      sx={{ mt: 2, px: 2, py: 1, display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap' }}
    >
      <Button size="small" variant={isLive ? 'contained' : 'outlined'} onClick={() => twin.playhead.live()}>
        {t('travel.live')}
      </Button>
      <ButtonGroup size="small" aria-label={t('travel.rate')}>
        {RATES.map((one) => (
          <Button
            key={one}
            variant={!isLive && rate === one ? 'contained' : 'outlined'}
            onClick={() => setRate(one)}
            disabled={isLive}
          >
            {one === 0 ? t('travel.pause') : `${one}×`}
          </Button>
        ))}
      </ButtonGroup>
      <Slider
        size="small"
        sx={{ flex: 1, minWidth: 200 }}
        aria-label={t('travel.title')}
        min={present - KEPT_MS}
        max={present}
        step={5_000}
        shiftStep={60_000}
        value={Math.min(time, present)}
        onChange={(_event, value) => seek(value)}
        getAriaValueText={(value) => new Date(value).toLocaleTimeString(i18n.language)}
      />
      <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {new Date(time).toLocaleTimeString(i18n.language)}
      </Typography>
      {!isLive && <Chip size="small" color="warning" label={t('travel.ago', { count: Math.abs(ago) })} />}
    </Paper>
  );
}
