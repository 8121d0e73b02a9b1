import { useMutation } from '@apollo/client/react';
import { InjectFaultDocument, type DeviceFault } from '@brigade/graphql';
import { Alert, FormControlLabel, FormGroup, Switch, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { isAtLeast, useSession } from '../../app/use-session.ts';
import type { StationView } from '../kitchen-store.ts';

const heated: readonly DeviceFault[] = ['SENSOR_STUCK', 'HEATER_DEAD', 'OVERHEAT'];
const any: readonly DeviceFault[] = ['POWER_LOSS', 'SLOW_FIRMWARE'];

/** Breaks and mends a device, for who runs the restaurant. What follows is shown by the device itself. */
export function FaultSwitches({ station }: { station: StationView }) {
  const { t } = useTranslation();
  const mayBreak = isAtLeast(useSession(), 'MANAGER');
  const [inject, { error, loading }] = useMutation(InjectFaultDocument);
  if (!mayBreak) return null;
  const set = (fault: DeviceFault, active: boolean) => {
    inject({ variables: { stationId: station.id, fault, active } }).catch(() => {
      // `error` shows it.
    });
  };
  return (
    <FormGroup>
      <Typography variant="h3">{t('kitchen.break')}</Typography>
      {(station.kind === 'PREP' ? any : [...heated, ...any]).map((fault) => (
        <FormControlLabel
          key={fault}
          control={
            <Switch
              size="small"
              color="error"
              disabled={loading}
              checked={station.faults.includes(fault)}
              onChange={(_event, active) => set(fault, active)}
            />
          }
          label={t(`kitchen.faults.${fault}`)}
        />
      ))}
      {error && <Alert severity="error">{error.message}</Alert>}
    </FormGroup>
  );
}
