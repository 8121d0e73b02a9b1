import type { OrderStatus } from '@brigade/graphql';
import { useText } from '../i18n/use-text.ts';

const tones: Record<OrderStatus, 'plain' | 'busy' | 'good' | 'bad'> = {
  PLACED: 'busy',
  CONFIRMED: 'busy',
  PAID: 'busy',
  COOKING: 'busy',
  READY: 'good',
  COMPLETED: 'plain',
  REJECTED: 'bad',
  CANCELLED: 'plain',
  FAILED: 'bad',
};

export function StatusBadge({ status }: { status: OrderStatus }) {
  const { t } = useText();
  return <span className={`badge ${tones[status]}`}>{t(`status.${status}`)}</span>;
}
