import type { ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';
import { Notice } from './notice.tsx';

interface ListStateProps {
  readonly isLoading: boolean;
  /** Whether it could not be read, and there is nothing to show. */
  readonly hasFailed: boolean;
  readonly isEmpty: boolean;
  /** What to say of an empty list. */
  readonly empty: ReactNode;
  /** What stands in for it while it is read. */
  readonly skeleton: ReactNode;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** A list in each of its states: loading, failed, empty, or there. What is there stays while it is read again. */
export function ListState({ isLoading, hasFailed, isEmpty, empty, skeleton, onRetry, children }: ListStateProps) {
  const { t } = useText();
  if (!isEmpty) return children;
  if (isLoading) {
    return (
      <div aria-busy="true">
        <span className="visually-hidden" role="status">
          {t('layout.loading')}
        </span>
        {skeleton}
      </div>
    );
  }
  if (hasFailed) {
    return (
      <Notice
        tone="error"
        action={
          <button type="button" className="button" onClick={onRetry}>
            {t('page.retry')}
          </button>
        }
      >
        {t('page.noAnswer')}
      </Notice>
    );
  }
  return <div className="empty">{empty}</div>;
}
