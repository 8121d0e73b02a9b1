import { useEffect, useId, useRef, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.ts';

interface ConfirmDialogProps {
  readonly title: string;
  readonly submit: string;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** Asks before something is done that can't be undone. The browser's own dialog: it keeps the focus and minds Escape. */
export function ConfirmDialog({ title, submit, isBusy, onSubmit, onClose, children }: ConfirmDialogProps) {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={titleId} onCancel={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <h2 id={titleId}>{title}</h2>
        {children}
        <div className="row end">
          <button type="button" className="button" onClick={onClose}>
            {t('confirm.back')}
          </button>
          <button type="submit" className="button danger" disabled={isBusy}>
            {submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}
