import { Alert, Box } from '@mui/material';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { monitor } from './services.ts';

/** Says when what is shown may be old or incomplete; silent while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const { connection, missing } = useSyncExternalStore(monitor.subscribe, monitor.get);
  return (
    <Box role="status" aria-live="polite" data-testid="connection-banner">
      {connection === 'reconnecting' && <Alert severity="warning">{t('connection.reconnecting')}</Alert>}
      {connection === 'lost' && <Alert severity="error">{t('connection.lost')}</Alert>}
      {missing.length > 0 && (
        <Alert severity="warning">{t('connection.missing', { fields: missing.join(', ') })}</Alert>
      )}
    </Box>
  );
}
