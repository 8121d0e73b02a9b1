import { Alert, Button, Stack } from '@mui/material';
import { useTranslation } from 'react-i18next';
import type { StationView } from './kitchen-store.ts';

/** The chef's alarms: stations with faults, said aloud to who does not see them. */
export function Alarms({ stations, onSelect }: { stations: readonly StationView[]; onSelect: (id: string) => void }) {
  const { t } = useTranslation();
  const broken = stations.filter(({ faults }) => faults.length > 0);
  return (
    <Stack spacing={1} role="alert" sx={{ mb: broken.length > 0 ? 1.5 : 0 }}>
      {broken.map(({ id, name, faults }) => (
        <Alert
          key={id}
          severity="error"
          // The list of them is the alert: each one's own would be said twice.
          role="none"
          action={
            <Button color="inherit" size="small" onClick={() => onSelect(id)}>
              {t('kitchen.look')}
            </Button>
          }
        >
          {name}: {faults.map((fault) => t(`kitchen.faults.${fault}`)).join(', ')}
        </Alert>
      ))}
    </Stack>
  );
}
