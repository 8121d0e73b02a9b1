import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StationView } from '../kitchen-store.ts';
import { layOut, layOutSlots } from '../scene/layout.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import type { TicketState } from '../twin/ticket-log.ts';
import { usePulse } from '../use-pulse.ts';
import { heatFill } from './heat-fill.ts';

/** Pixels of the drawing a metre. */
const SCALE = 60;
const PULSE_MS = 200;
const BOX = { width: 1.8, depth: 1.2 };

interface KitchenPlanProps {
  readonly stations: readonly StationView[];
  readonly tickets: readonly TicketState[];
  readonly twin: KitchenTwin;
  readonly selected: string | undefined;
  readonly onSelect: (stationId: string) => void;
}

/** The kitchen from above, in SVG: for browsers that draw no 3D, and for who prefers it. */
export function KitchenPlan({ stations, tickets, twin, selected, onSelect }: KitchenPlanProps) {
  const { t } = useTranslation();
  const drawing = useRef<SVGSVGElement>(null);
  const room = useMemo(() => layOut(stations), [stations]);
  usePulse(PULSE_MS, () => {
    twin.beginFrame();
    for (const group of drawing.current?.querySelectorAll<SVGGElement>('[data-station]') ?? []) paint(group, twin);
  });
  const waiting = tickets.filter(({ status }) => status === 'QUEUED' || status === 'RECALLED');
  return (
    <svg
      ref={drawing}
      viewBox={`${(-room.width / 2) * SCALE} ${(-room.depth / 2 - 0.9) * SCALE} ${room.width * SCALE} ${(room.depth + 0.9) * SCALE}`}
      width="100%"
      height="100%"
      role="group"
      aria-label={t('kitchen.picture', { count: stations.length })}
      style={{ color: '#f2ece4' }}
    >
      {stations.map((station) => {
        const place = room.places.get(station.id);
        const { id, name, kind, capacity, state } = station;
        return (
          place && (
            <g
              key={id}
              data-station={id}
              transform={`translate(${place.x * SCALE} ${place.z * SCALE})`}
              role="button"
              tabIndex={0}
              onClick={() => onSelect(id)}
              onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && onSelect(id)}
              style={{ cursor: 'pointer' }}
            >
              <desc>{t(`kitchen.states.${state}`)}</desc>
              <rect
                x={(-BOX.width / 2) * SCALE}
                y={(-BOX.depth / 2) * SCALE}
                width={BOX.width * SCALE}
                height={BOX.depth * SCALE}
                rx={8}
                fill="#3a3531"
                stroke={state === 'FAULT' ? '#ff5b4d' : id === selected ? '#ffab7d' : '#6d655e'}
                strokeWidth={id === selected || state === 'FAULT' ? 4 : 1.5}
                data-heat
              />
              {layOutSlots(kind, capacity).map((slot, index) => (
                <circle
                  key={index}
                  cx={slot.x * SCALE}
                  cy={slot.z * SCALE}
                  r={slot.size * SCALE * 0.42}
                  fill="#00000055"
                  stroke="#ffffff30"
                  data-slot={index}
                />
              ))}
              <text y={-0.68 * SCALE} textAnchor="middle" fontSize={14} fill="currentColor">
                {name}
              </text>{' '}
              <text y={0.84 * SCALE} textAnchor="middle" fontSize={13} fill="#ffc48f" data-degrees />
            </g>
          )
        );
      })}
      <g transform={`translate(${(-room.width / 2 + 0.3) * SCALE} ${(-room.depth / 2 - 0.7) * SCALE})`}>
        {waiting.slice(0, 8).map(({ ticketId, quantity, dishName }, index) => (
          <g key={ticketId} transform={`translate(${index * 132} 0)`}>
            <rect width={124} height={26} rx={4} fill="#fff7e0" />
            <text x={8} y={17} fontSize={11} fill="#2a2320">
              {`${quantity} × ${dishName}`.slice(0, 20)}
            </text>
          </g>
        ))}
      </g>
    </svg>
  );
}

/** Writes what a station reads into its drawing, past React. */
function paint(group: SVGGElement, twin: KitchenTwin): void {
  const id = group.dataset.station ?? '';
  const reading = twin.sample(id);
  group.querySelector('[data-heat]')?.setAttribute('fill', heatFill(reading?.temperature ?? 20));
  const degrees = group.querySelector('[data-degrees]');
  const text = reading && reading.setPoint !== null ? `${Math.round(reading.temperature)} °C` : '';
  if (degrees && degrees.textContent !== text) degrees.textContent = text;
  const doneness = new Map(reading?.jobs.map((job) => [twin.slotOf(id, job.jobId), job.doneness]));
  for (const slot of group.querySelectorAll<SVGCircleElement>('[data-slot]')) {
    const done = doneness.get(Number(slot.dataset.slot));
    slot.setAttribute(
      'fill',
      done === undefined ? '#00000055' : `hsl(${40 - 15 * done} ${45 + 15 * done}% ${82 - 47 * done}%)`,
    );
  }
}
