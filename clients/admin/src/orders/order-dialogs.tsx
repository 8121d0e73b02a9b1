import { useMutation } from '@apollo/client/react';
import { CancelOrderDocument, CompleteOrderDocument, type OrderRowFragment } from '@brigade/graphql';
import { TextField } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';

interface OrderDialogProps {
  readonly order: OrderRowFragment;
  readonly onClose: () => void;
}

/** Calls an order off; shown as done at once, and taken back when it is refused. */
export function CancelDialog({ order, onClose }: OrderDialogProps) {
  const { t } = useTranslation();
  const [cancel, { loading, error }] = useMutation(CancelOrderDocument);
  const submit = (form: FormData) => {
    const reason = String(form.get('reason'));
    const optimisticResponse = { cancelOrder: { order: { ...order, status: 'CANCELLED' as const, reason } } };
    cancel({ variables: { id: order.id, reason }, optimisticResponse }).then(onClose, () => {
      // `error` shows it.
    });
  };
  return (
    <ConfirmDialog
      title={t('orders.cancelTitle')}
      submit={t('orders.cancel')}
      isBusy={loading}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        name="reason"
        label={t('orders.reason')}
        slotProps={{ htmlInput: { maxLength: 500 } }}
        required
        autoFocus
      />
    </ConfirmDialog>
  );
}

/** Hands an order over. */
export function CompleteDialog({ order, onClose }: OrderDialogProps) {
  const { t } = useTranslation();
  const [complete, { loading, error }] = useMutation(CompleteOrderDocument);
  const submit = () => {
    const optimisticResponse = { completeOrder: { order: { ...order, status: 'COMPLETED' as const } } };
    complete({ variables: { id: order.id }, optimisticResponse }).then(onClose, () => {
      // `error` shows it.
    });
  };
  return (
    <ConfirmDialog
      title={t('orders.completeTitle')}
      submit={t('orders.complete')}
      isBusy={loading}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}
