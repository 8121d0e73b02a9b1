import { Chip, List, ListItem, ListItemButton, ListItemText, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { StationView } from './kitchen-store.ts';
import type { DeviceState } from './twin/device-state.ts';

const colours: Record<DeviceState, 'default' | 'success' | 'warning' | 'error' | 'info'> = {
  OFFLINE: 'default',
  IDLE: 'info',
  HEATING: 'warning',
  COOKING: 'success',
  FAULT: 'error',
};

/** Every station as a line: what a click in the picture does, for the keyboard. */
export function StationList({
  stations,
  onSelect,
}: {
  stations: readonly StationView[];
  onSelect: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Typography variant="h2">{t('kitchen.stations')}</Typography>
      <List dense aria-label={t('kitchen.stations')}>
        {stations.map(({ id, name, state, busy, capacity }) => (
          <ListItem
            key={id}
            disablePadding
            secondaryAction={
              <Chip size="small" variant="outlined" color={colours[state]} label={t(`kitchen.states.${state}`)} />
            }
          >
            <ListItemButton onClick={() => onSelect(id)}>
              <ListItemText primary={name} secondary={t('kitchen.slots', { busy, capacity })} />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </>
  );
}
