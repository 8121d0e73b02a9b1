import type { TimelinePartsFragment } from '@brigade/graphql';
import { Box, Chip, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { StatusChip } from '../parts/status-chip.tsx';

/** Asked for the fraction alone, browsers write nothing else. */
const PRECISE = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
} as const;

/** The saga: each event, the service that brought it about, when, and under which ids it can be found elsewhere. */
export function SagaTimeline({ timeline }: { timeline: readonly TimelinePartsFragment[] }) {
  const { t, i18n } = useTranslation();
  const begin = Date.parse(timeline[0]?.at ?? '');
  const time = (at: string) => new Date(at).toLocaleTimeString(i18n.language, PRECISE);
  return (
    <>
      <Typography variant="h2">{t('orders.timeline')}</Typography>
      <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0 }} aria-label={t('orders.timeline')}>
        {timeline.map(({ name, status, detail, at, service, correlationId, traceId }, index) => (
          <Box
            component="li"
            key={`${at} ${name} ${index}`}
            data-event={name}
            sx={{ display: 'grid', gridTemplateColumns: '120px 16px 1fr', columnGap: 1.5, pb: 2, position: 'relative' }}
          >
            <Typography
              variant="body2"
              color="text.secondary"
              sx={{ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}
            >
              {time(at)}
              <br />+{((Date.parse(at) - begin) / 1_000).toFixed(2)} s
            </Typography>
            <Box sx={{ position: 'relative' }}>
              <Box sx={{ width: 12, height: 12, borderRadius: '50%', bgcolor: 'primary.main', mt: 0.6 }} />
              {index < timeline.length - 1 && (
                <Box sx={{ position: 'absolute', left: 5, top: 20, bottom: -18, width: 2, bgcolor: 'divider' }} />
              )}
            </Box>
            <Box>
              <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
                <strong>{name}</strong>
                <Chip size="small" variant="outlined" label={service} />
                <StatusChip status={status} />
              </Box>
              {detail && <Typography variant="body2">{detail}</Typography>}
              <Typography variant="caption" color="text.secondary" component="p" sx={{ overflowWrap: 'anywhere' }}>
                {t('orders.correlation')} <code>{correlationId}</code>
                {traceId && (
                  <>
                    {' · '}
                    {t('orders.trace')} <code>{traceId}</code>
                  </>
                )}
              </Typography>
            </Box>
          </Box>
        ))}
      </Box>
    </>
  );
}
