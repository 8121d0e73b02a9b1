import { Alert, Button, Stack } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';

/** Instead of a page that broke, or that does not exist. */
export function PageFailed() {
  const { t } = useTranslation();
  const error = useRouteError();
  const missing = typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
  return (
    <Stack spacing={2} sx={{ p: 3, alignItems: 'flex-start' }} role="alert">
      <Alert severity={missing ? 'info' : 'error'}>{missing ? t('page.missing') : t('page.failed')}</Alert>
      <Button variant="outlined" onClick={() => location.reload()}>
        {t('page.reload')}
      </Button>
    </Stack>
  );
}
