import type { OrderPartsFragment } from '@brigade/graphql';
import { Paper, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../parts/use-formats.ts';

/** What was ordered, by whom, and where it goes. */
export function OrderFacts({ order }: { order: OrderPartsFragment }) {
  const { t } = useTranslation();
  const { money, dateTime } = useFormats();
  const { lines, total, customer, deliveryAddress, placedAt, reason } = order;
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2">{t('orders.lines')}</Typography>
      <ul>
        {lines.map(({ id, quantity, name, unitPrice }) => (
          <li key={id}>
            {quantity} × {name} ({money(unitPrice)})
          </li>
        ))}
      </ul>
      <Typography variant="body2">
        {t('orders.total')}: <strong>{money(total)}</strong>
      </Typography>
      <Typography variant="body2">
        {t('orders.placed')}: {dateTime(placedAt)}
      </Typography>
      <Typography variant="body2">
        {t('orders.customer')}: {customer?.name ?? customer?.id ?? t('orders.unknown')} {customer?.email}
      </Typography>
      <Typography variant="body2">
        {t('orders.address')}: {deliveryAddress.line1}, {deliveryAddress.postcode} {deliveryAddress.city}
      </Typography>
      {reason && (
        <Typography variant="body2" color="error">
          {t('orders.reason')}: {reason}
        </Typography>
      )}
    </Paper>
  );
}
