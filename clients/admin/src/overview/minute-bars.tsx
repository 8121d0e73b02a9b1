import type { OrderStatisticsQuery } from '@brigade/graphql';
import { useTheme } from '@mui/material';
import { useTranslation } from 'react-i18next';

type Minutes = OrderStatisticsQuery['orderStatistics']['perMinute'];
const SIZE = { width: 600, height: 120 };

/** Orders placed, ready and failed, a bar for each minute. */
export function MinuteBars({ minutes }: { minutes: Minutes }) {
  const { t, i18n } = useTranslation();
  const { vars } = useTheme();
  const most = Math.max(1, ...minutes.map(({ placed, ready }) => Math.max(placed, ready)));
  const step = SIZE.width / Math.max(1, minutes.length);
  const height = (count: number) => (count / most) * SIZE.height;
  const total = minutes.reduce((sum, { placed }) => sum + placed, 0);
  return (
    <svg
      viewBox={`0 0 ${SIZE.width} ${SIZE.height + 2}`}
      width="100%"
      role="img"
      aria-label={t('overview.bars', { count: total })}
    >
      {minutes.map(({ at, placed, ready, failed }, index) => (
        <g key={at} transform={`translate(${index * step} 0)`}>
          <title>
            {`${new Date(at).toLocaleTimeString(i18n.language, { timeStyle: 'short' })}: ${t('overview.minute', { placed, ready, failed })}`}
          </title>
          <rect width={step} height={SIZE.height} fill="transparent" />
          <rect
            x={step * 0.1}
            y={SIZE.height - height(placed)}
            width={step * 0.8}
            height={height(placed)}
            fill={vars?.palette.primary.main}
            fillOpacity={0.35}
          />
          <rect
            x={step * 0.3}
            y={SIZE.height - height(ready)}
            width={step * 0.4}
            height={height(ready)}
            fill={vars?.palette.success.main}
          />
          <rect
            x={step * 0.3}
            y={SIZE.height - height(failed)}
            width={step * 0.4}
            height={height(failed)}
            fill={vars?.palette.error.main}
          />
        </g>
      ))}
      <line y1={SIZE.height} y2={SIZE.height} x2={SIZE.width} stroke="currentColor" strokeOpacity={0.3} />
    </svg>
  );
}
