import { Box, List, ListItem, ListItemButton, ListItemText, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { healthColours, trafficColours } from './colours.ts';
import type { SystemNode } from './map-layout.ts';

/** What the colours mean, and every node as a line. */
export function MapLegend({ nodes, onSelect }: { nodes: readonly SystemNode[]; onSelect: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Typography variant="h2">{t('system.legend')}</Typography>
      {Object.entries(trafficColours).map(([traffic, colour]) => (
        <Box key={traffic} sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
          <Box sx={{ width: 18, height: 4, borderRadius: 2 }} style={{ background: colour }} />
          <Typography variant="body2">{t(`system.kinds.${traffic as keyof typeof trafficColours}`)}</Typography>
        </Box>
      ))}
      <List dense aria-label={t('nav.system')}>
        {nodes.map(({ id, name, health, reason }) => (
          <ListItem key={id} disablePadding>
            <ListItemButton onClick={() => onSelect(id)} disableGutters>
              <Box
                sx={{ width: 10, height: 10, borderRadius: '50%', mr: 1 }}
                style={{ background: healthColours[health] }}
              />
              <ListItemText primary={name} secondary={reason ?? t(`system.health.${health}`)} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </>
  );
}
