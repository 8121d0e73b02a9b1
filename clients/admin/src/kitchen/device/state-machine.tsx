import { useTheme } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { deviceStates, transitions, type DeviceState } from '../twin/device-state.ts';

/** Where each state stands in the drawing. */
const at: Record<DeviceState, readonly [x: number, y: number]> = {
  OFFLINE: [48, 26],
  IDLE: [160, 26],
  HEATING: [272, 26],
  COOKING: [272, 88],
  FAULT: [100, 88],
};
const HALF = { width: 44, height: 14 };

/** The device's states and the ways between them; the present one is lit. */
export function StateMachine({ state }: { state: DeviceState }) {
  const { t } = useTranslation();
  const { vars } = useTheme();
  const palette = vars?.palette;
  return (
    <svg
      viewBox="0 0 320 114"
      width="100%"
      role="img"
      aria-label={t('kitchen.stateIs', { state: t(`kitchen.states.${state}`) })}
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="6"
          markerHeight="6"
          orient="auto-start-reverse"
        >
          <path d="M0 0 8 4 0 8z" fill="currentColor" fillOpacity={0.5} />
        </marker>
      </defs>
      {transitions.map(([from, to]) => {
        const [x1, y1, x2, y2] = ends(at[from], at[to]);
        return (
          <line
            key={`${from} ${to}`}
            x1={x1}
            y1={y1}
            x2={x2}
            y2={y2}
            stroke="currentColor"
            strokeOpacity={0.4}
            markerEnd="url(#arrow)"
          />
        );
      })}
      {deviceStates.map((one) => {
        const [x, y] = at[one];
        const isLit = one === state;
        const colour = one === 'FAULT' ? palette?.error.main : palette?.primary.main;
        return (
          <g key={one} data-state={one} data-lit={isLit}>
            <rect
              x={x - HALF.width}
              y={y - HALF.height}
              width={HALF.width * 2}
              height={HALF.height * 2}
              rx={HALF.height}
              fill={isLit ? colour : 'transparent'}
              stroke={isLit ? colour : 'currentColor'}
              strokeOpacity={isLit ? 1 : 0.4}
            />
            <text
              x={x}
              y={y + 4}
              textAnchor="middle"
              fontSize={11}
              fill={isLit ? palette?.primary.contrastText : 'currentColor'}
            >
              {t(`kitchen.states.${one}`)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** From the edge of one box to the edge of the other. */
function ends(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): [number, number, number, number] {
  const edge = (dx: number, dy: number) =>
    Math.min(HALF.width / Math.max(Math.abs(dx), 1e-9), HALF.height / Math.max(Math.abs(dy), 1e-9));
  const part = edge(x2 - x1, y2 - y1);
  return [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, x2 - (x2 - x1) * part, y2 - (y2 - y1) * part];
}
