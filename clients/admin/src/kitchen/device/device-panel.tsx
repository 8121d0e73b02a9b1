import {
  Box,
  Divider,
  IconButton,
  Link as Anchor,
  List,
  ListItem,
  ListItemText,
  Stack,
  Typography,
} from '@mui/material';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StationView } from '../kitchen-store.ts';
import type { KitchenTwin } from '../twin/kitchen-twin.ts';
import type { TicketState } from '../twin/ticket-log.ts';
import { FaultSwitches } from './fault-switches.tsx';
import { Gauges } from './gauges.tsx';
import { StateMachine } from './state-machine.tsx';
import { TemperatureChart } from './temperature-chart.tsx';

interface DevicePanelProps {
  readonly station: StationView;
  readonly twin: KitchenTwin;
  readonly tickets: readonly TicketState[];
  readonly onClose: () => void;
}

/** A device from near: what it reads, where its machine stands, whose food it has, and how to break it. */
export function DevicePanel({ station, twin, tickets, onClose }: DevicePanelProps) {
  const { t } = useTranslation();
  const own = tickets.filter(({ stationId, status }) => stationId === station.id && status !== 'READY');
  return (
    <Stack spacing={1.5} component="section" aria-label={station.name}>
      <Box sx={{ display: 'flex', alignItems: 'center' }}>
        <Typography variant="h2" sx={{ flex: 1 }}>
          {station.name}
        </Typography>
        <IconButton size="small" onClick={onClose} aria-label={t('kitchen.close')}>
          ✕
        </IconButton>
      </Box>
      <Gauges station={station} twin={twin} />
      {station.kind !== 'PREP' && <TemperatureChart station={station} twin={twin} />}
      <StateMachine state={station.state} />
      <Divider />
      <Typography variant="h3">{t('kitchen.tickets')}</Typography>
      {own.length === 0 ? (
        <Typography variant="body2" color="text.secondary">
          {t('kitchen.noTickets')}
        </Typography>
      ) : (
        <List dense disablePadding>
          {own.map(({ ticketId, quantity, dishName, orderId, step }) => (
            <ListItem key={ticketId} disableGutters>
              <ListItemText
                primary={`${quantity} × ${dishName}`}
                secondary={step ? `${step.index}/${step.count} ${step.name}` : undefined}
              />
              {orderId && (
                <Anchor component={Link} to={`/orders/${orderId}`}>
                  {t('kitchen.order')}
                </Anchor>
              )}
            </ListItem>
          ))}
        </List>
      )}
      <Divider />
      <FaultSwitches station={station} />
    </Stack>
  );
}
