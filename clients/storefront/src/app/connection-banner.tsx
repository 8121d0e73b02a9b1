import { useSyncExternalStore } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Notice } from '../parts/notice.tsx';
import { monitor } from './services.ts';

/** Says when what is shown may be old or incomplete; silent while all is well. */
export function ConnectionBanner() {
  const { t } = useText();
  const { connection, missing } = useSyncExternalStore(monitor.subscribe, monitor.get);
  return (
    <div className="banner" role="status" aria-live="polite" data-testid="connection-banner">
      {connection === 'reconnecting' && <Notice tone="warning">{t('connection.reconnecting')}</Notice>}
      {connection === 'lost' && <Notice tone="error">{t('connection.lost')}</Notice>}
      {missing.length > 0 && <Notice tone="warning">{t('connection.missing', { fields: missing.join(', ') })}</Notice>}
    </div>
  );
}
