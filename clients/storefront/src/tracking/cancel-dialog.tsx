import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useMutation } from '@apollo/client/react';
import { CancelOrderDocument } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { Notice } from '../parts/notice.tsx';

/** Asks, then calls the order off; says why when it was too late. */
export function CancelDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useText();
  const [cancel, { loading, error }] = useMutation(CancelOrderDocument);
  const submit = () => {
    cancel({ variables: { id, reason: 'Cancelled by the guest' } }).then(onClose, () => {
      // `error` shows it.
    });
  };
  const code = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.code : undefined;
  return (
    <ConfirmDialog
      title={t('tracking.cancelTitle')}
      submit={t('tracking.cancel')}
      isBusy={loading}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>{t('tracking.cancelText')}</p>
      {error && (
        <Notice tone="error">{code === 'ORDER_NOT_CANCELLABLE' ? t('tracking.tooLate') : t('page.noAnswer')}</Notice>
      )}
    </ConfirmDialog>
  );
}
