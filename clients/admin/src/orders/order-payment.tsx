import { useMutation } from '@apollo/client/react';
import { RefundPaymentDocument, type PaymentPartsFragment } from '@brigade/graphql';
import { Button, Paper, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { useFormats } from '../parts/use-formats.ts';

interface OrderPaymentProps {
  /** Null while the service that knows it does not answer, or before it is expected. */
  readonly payment: PaymentPartsFragment | null | undefined;
  readonly mayRefund: boolean;
}

export function OrderPayment({ payment, mayRefund }: OrderPaymentProps) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const rest = payment ? payment.captured.amountMinor - payment.refunded.amountMinor : 0;
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2">{t('orders.payment')}</Typography>
      {payment ? (
        <>
          <Typography variant="body2">
            {payment.status}: {t('orders.captured', { amount: money(payment.captured) })},{' '}
            {t('orders.refunded', { amount: money(payment.refunded) })}
          </Typography>
          {payment.declineReason && (
            <Typography variant="body2" color="error">
              {payment.declineReason}
            </Typography>
          )}
          {mayRefund && rest > 0 && (
            <Button size="small" sx={{ mt: 1 }} onClick={() => setIsOpen(true)}>
              {t('orders.refund')}
            </Button>
          )}
          {isOpen && <RefundDialog payment={payment} rest={rest} onClose={() => setIsOpen(false)} />}
        </>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {t('orders.unknown')}
        </Typography>
      )}
    </Paper>
  );
}

function RefundDialog({
  payment,
  rest,
  onClose,
}: {
  payment: PaymentPartsFragment;
  rest: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [refund, { loading, error }] = useMutation(RefundPaymentDocument);
  // One key for one dialogue: pressing twice, or again after a lost answer, gives money back once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const submit = (form: FormData) => {
    const amountMinor = Math.round(Number(form.get('amount')) * 100);
    const input = { paymentId: payment.id, reason: String(form.get('reason')), amountMinor, idempotencyKey };
    refund({ variables: { input } }).then(onClose, () => {
      // `error` shows it.
    });
  };
  return (
    <ConfirmDialog
      title={t('orders.refund')}
      submit={t('orders.refund')}
      isBusy={loading}
      error={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        name="amount"
        type="number"
        label={`${t('orders.amount')} (${payment.captured.currency})`}
        defaultValue={(rest / 100).toFixed(2)}
        slotProps={{ htmlInput: { min: 0.01, max: rest / 100, step: 0.01 } }}
        required
      />
      <TextField name="reason" label={t('orders.reason')} required autoFocus />
    </ConfirmDialog>
  );
}
