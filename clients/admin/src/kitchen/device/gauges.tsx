import { Box, Typography } from '@mui/material';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../kitchen-store.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import { usePulse } from '../use-pulse.ts';

/** Five times a second is as fast as anybody reads. */
const PULSE_MS = 200;
const MOST = { celsius: 400, watts: 22_000 };

/** Temperature, power and food as dials; written past React. */
export function Gauges({ station, twin }: { station: StationView; twin: KitchenTwin }) {
  const { t, i18n } = useTranslation();
  const temperature = useRef<HTMLDivElement>(null);
  const power = useRef<HTMLDivElement>(null);
  const food = useRef<HTMLDivElement>(null);
  usePulse(PULSE_MS, () => {
    twin.beginFrame();
    const reading = twin.sample(station.id);
    const number = (value: number) => value.toLocaleString(i18n.language, { maximumFractionDigits: 0 });
    const aim = reading?.setPoint == null ? '' : ` / ${number(reading.setPoint)}`;
    turn(
      temperature.current,
      (reading?.temperature ?? 0) / MOST.celsius,
      reading ? `${number(reading.temperature)}${aim} °C` : '–',
    );
    turn(power.current, (reading?.power ?? 0) / MOST.watts, reading ? `${number(reading.power)} W` : '–');
    const jobs = reading?.jobs ?? [];
    const done = jobs.length === 0 ? 0 : jobs.reduce((sum, { doneness }) => sum + doneness, 0) / jobs.length;
    turn(food.current, done, jobs.length === 0 ? '–' : `${number(done * 100)} %`);
  });
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1 }}>
      {station.kind !== 'PREP' && <Dial ref={temperature} label={t('kitchen.temperature')} colour="#e0662a" />}
      {station.kind !== 'PREP' && <Dial ref={power} label={t('kitchen.power')} colour="#3b82c4" />}
      <Dial ref={food} label={t('kitchen.doneness')} colour="#4c9a5b" />
    </Box>
  );
}

function Dial({ ref, label, colour }: { ref: React.Ref<HTMLDivElement>; label: string; colour: string }) {
  return (
    <Box ref={ref} sx={{ textAlign: 'center' }}>
      <svg viewBox="0 0 100 60" aria-hidden>
        <path d={ARC} fill="none" stroke="currentColor" strokeOpacity={0.15} strokeWidth={9} strokeLinecap="round" />
        <path
          d={ARC}
          fill="none"
          stroke={colour}
          strokeWidth={9}
          strokeLinecap="round"
          pathLength={1}
          strokeDasharray="0 1"
          data-needle
        />
      </svg>
      <Typography variant="body2" sx={{ fontVariantNumeric: 'tabular-nums' }} data-value>
        –
      </Typography>
      <Typography variant="caption" color="text.secondary">
        {label}
      </Typography>
    </Box>
  );
}

const ARC = 'M10 52 A40 40 0 0 1 90 52';

/** @param part 0 to 1 */
function turn(dial: HTMLDivElement | null, part: number, text: string): void {
  const shown = Math.min(1, Math.max(0, part));
  dial?.querySelector('[data-needle]')?.setAttribute('stroke-dasharray', `${shown.toFixed(3)} 1`);
  const value = dial?.querySelector('[data-value]');
  if (value && value.textContent !== text) value.textContent = text;
}
