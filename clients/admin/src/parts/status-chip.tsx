import type { OrderStatus } from '@brigade/graphql';
import { Chip } from '@mui/material';
import { useTranslation } from 'react-i18next';

const colours: Record<OrderStatus, 'default' | 'primary' | 'secondary' | 'success' | 'warning' | 'error' | 'info'> = {
  PLACED: 'default',
  CONFIRMED: 'info',
  PAID: 'secondary',
  COOKING: 'warning',
  READY: 'success',
  COMPLETED: 'success',
  REJECTED: 'error',
  CANCELLED: 'default',
  FAILED: 'error',
};

export function StatusChip({ status }: { status: OrderStatus }) {
  const { t } = useTranslation();
  const isDone = status === 'COMPLETED';
  return (
    <Chip size="small" color={colours[status]} variant={isDone ? 'outlined' : 'filled'} label={t(`status.${status}`)} />
  );
}
