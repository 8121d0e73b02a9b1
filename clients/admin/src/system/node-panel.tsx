import { Box, IconButton, List, ListItem, ListItemText, Stack, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../parts/use-formats.ts';
import { healthColours } from './colours.ts';
import type { SystemEdge, SystemNode } from './map-layout.ts';

interface NodePanelProps {
  readonly node: SystemNode;
  readonly edges: readonly SystemEdge[];
  readonly onClose: () => void;
}

/** A node from near: what it took and how fast, with whom it speaks, and what went wrong last. */
export function NodePanel({ node, edges, onClose }: NodePanelProps) {
  const { t } = useTranslation();
  const { number, time } = useFormats();
  const rate = (value: number | null | undefined) =>
    value == null ? '–' : t('system.perSecond', { rate: number(value) });
  const facts: readonly (readonly [string, string])[] = [
    [t('system.rate'), rate(node.perSecond)],
    [t('system.errors'), rate(node.errorsPerSecond)],
    [t('system.p95'), node.p95Milliseconds == null ? '–' : `${number(node.p95Milliseconds)} ms`],
    [t('system.memory'), node.memoryMegabytes == null ? '–' : `${number(node.memoryMegabytes)} MB`],
  ];
  return (
    <Stack spacing={1.5} component="section" aria-label={node.name}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Box sx={{ width: 12, height: 12, borderRadius: '50%' }} style={{ background: healthColours[node.health] }} />
        <Typography variant="h2" sx={{ flex: 1 }}>
          {node.name}
        </Typography>
        <IconButton size="small" onClick={onClose} aria-label={t('kitchen.close')}>
          ✕
        </IconButton>
      </Box>
      <Typography variant="body2">
        {t(`system.health.${node.health}`)}
        {node.reason && `: ${node.reason}`}
      </Typography>
      <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: '1fr auto', m: 0, rowGap: 0.5 }}>
        {facts.map(([label, value]) => (
          <Box key={label} sx={{ display: 'contents' }}>
            <Typography component="dt" variant="body2" color="text.secondary">
              {label}
            </Typography>
            <Typography component="dd" variant="body2" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
              {value}
            </Typography>
          </Box>
        ))}
      </Box>
      <Typography variant="h3">{t('system.traffic')}</Typography>
      <List dense disablePadding>
        {edges
          .filter(({ from, to }) => from === node.id || to === node.id)
          .map(({ id, from, to, traffic, perSecond }) => (
            <ListItem key={id} disableGutters>
              <ListItemText
                primary={`${from} → ${to}`}
                secondary={`${t(`system.kinds.${traffic}`)}, ${rate(perSecond)}`}
              />
            </ListItem>
          ))}
      </List>
      <Typography variant="h3">{t('system.lastErrors')}</Typography>
      {node.lastErrors.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('system.noErrors')}
        </Typography>
      ) : (
        <List dense disablePadding>
          {node.lastErrors.map(({ at, message, traceId }) => (
            <ListItem key={`${at} ${message}`} disableGutters>
              <ListItemText
                primary={message}
                secondary={`${time(at)}${traceId ? ` · ${traceId}` : ''}`}
                sx={{ overflowWrap: 'anywhere' }}
              />
            </ListItem>
          ))}
        </List>
      )}
    </Stack>
  );
}
