import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ERROR_COLOUR, healthColours, trafficColours } from './colours.ts';
import { along, endsOf, type Spot } from './map-layout.ts';
import type { MapProps } from './map-props.ts';

const SCALE = 50;
const MOST_DOTS = 260;
const HALF = { width: 68, height: 19 };

/** The map as a drawing: nodes, the ways between them, and what goes along these. */
export function SystemPlan({ nodes, edges, spots, particles, selected, onSelect }: MapProps) {
  const { t } = useTranslation();
  const dots = useRef<SVGGElement>(null);
  useEffect(() => {
    let handle = 0;
    let last = performance.now();
    const tick = (now: number) => {
      handle = requestAnimationFrame(tick);
      // Thirty a second are enough for dots.
      if (now - last < 30) return;
      particles.advance((now - last) / 1_000);
      last = now;
      if (dots.current) draw(dots.current, particles.flying, spots);
    };
    handle = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(handle);
  }, [particles, spots]);
  const rateOf = (perSecond: number) => t('system.perSecond', { rate: perSecond.toFixed(1) });
  // What is heard begins with what is seen, so that a node can be named by its visible text.
  const labelOf = (name: string, perSecond: number | null | undefined) =>
    perSecond == null ? name : `${name} ${rateOf(perSecond)}`;
  const at = (id: string): Spot => spots.get(id) ?? { x: 0, y: 0, z: 0 };
  return (
    <svg
      viewBox="-440 -260 880 520"
      width="100%"
      height="100%"
      role="group"
      aria-label={t('system.picture', { count: nodes.length })}
    >
      {edges.map((edge) => {
        const ends = endsOf(edge, spots);
        if (!ends) return null;
        const { id, traffic, perSecond, errorsPerSecond } = edge;
        const [begin, end] = ends;
        return (
          <line
            key={id}
            x1={begin.x * SCALE}
            y1={-begin.y * SCALE}
            x2={end.x * SCALE}
            y2={-end.y * SCALE}
            stroke={errorsPerSecond > 0 ? ERROR_COLOUR : trafficColours[traffic]}
            strokeOpacity={perSecond > 0 ? 0.55 : 0.14}
            strokeWidth={1 + Math.min(4, Math.log10(1 + perSecond) * 1.6)}
          />
        );
      })}
      <g ref={dots}>
        {Array.from({ length: MOST_DOTS }, (_nothing, index) => (
          <circle key={index} r={0} />
        ))}
      </g>
      {nodes.map(({ id, name, health, perSecond }) => (
        <g
          key={id}
          data-node={id}
          data-health={health}
          transform={`translate(${at(id).x * SCALE} ${-at(id).y * SCALE})`}
          role="button"
          tabIndex={0}
          aria-label={`${labelOf(name, perSecond)}: ${t(`system.health.${health}`)}`}
          onClick={() => onSelect(id)}
          onKeyDown={({ key }) => (key === 'Enter' || key === ' ') && onSelect(id)}
          style={{ cursor: 'pointer' }}
        >
          <rect
            x={-HALF.width}
            y={-HALF.height}
            width={HALF.width * 2}
            height={HALF.height * 2}
            rx={10}
            fill="var(--mui-palette-background-paper)"
            stroke={healthColours[health]}
            strokeWidth={id === selected ? 4 : 2}
          />
          <text
            y={perSecond == null ? 5 : -1}
            textAnchor="middle"
            fontSize={name.length > 14 ? 11.5 : 13}
            fontWeight={600}
            fill="currentColor"
          >
            {name}
          </text>{' '}
          {perSecond != null && (
            <text y={13} textAnchor="middle" fontSize={10} fill="currentColor" fillOpacity={0.75}>
              {rateOf(perSecond)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

function draw(group: SVGGElement, flying: MapProps['particles']['flying'], spots: MapProps['spots']): void {
  for (const [index, dot] of [...group.children].entries()) {
    const particle = flying[index];
    const ends = particle && endsOf(particle.edge, spots);
    if (!ends) {
      dot.setAttribute('r', '0');
      continue;
    }
    const { x, y } = along(ends, particle.part);
    dot.setAttribute('r', '3');
    dot.setAttribute('cx', (x * SCALE).toFixed(1));
    dot.setAttribute('cy', (-y * SCALE).toFixed(1));
    dot.setAttribute('fill', particle.isError ? ERROR_COLOUR : trafficColours[particle.edge.traffic]);
  }
}
