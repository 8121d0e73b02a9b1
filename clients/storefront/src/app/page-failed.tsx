import { Link, useRouteError } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { Notice } from '../parts/notice.tsx';

/** Instead of a page that broke, or that does not exist. */
export function PageFailed() {
  const { t } = useText();
  const error = useRouteError();
  const missing = typeof error === 'object' && error !== null && 'status' in error && error.status === 404;
  return (
    <div className="page narrow stack">
      <Notice tone={missing ? 'info' : 'error'}>{missing ? t('page.missing') : t('page.failed')}</Notice>
      <p className="row">
        {!missing && (
          <button type="button" className="button" onClick={() => location.reload()}>
            {t('page.reload')}
          </button>
        )}
        <Link to="/" className="button">
          {t('nav.menu')}
        </Link>
      </p>
    </div>
  );
}
