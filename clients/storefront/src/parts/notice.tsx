import type { ReactNode } from 'react';

interface NoticeProps {
  readonly tone: 'info' | 'success' | 'warning' | 'error';
  readonly children: ReactNode;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

/** Says something that matters where it matters; what went wrong is said aloud at once. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <span>{children}</span>
      {action}
    </div>
  );
}
