import type { OrderRowFragment } from '@brigade/graphql';
import { Link as Anchor, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { StatusChip } from '../parts/status-chip.tsx';
import { useFormats } from '../parts/use-formats.ts';

export function OrderTable({ orders }: { orders: readonly OrderRowFragment[] }) {
  const { t } = useTranslation();
  const { money, dateTime } = useFormats();
  return (
    <TableContainer>
      <Table size="small" aria-label={t('nav.orders')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('orders.order')}</TableCell>
            <TableCell>{t('orders.status')}</TableCell>
            <TableCell>{t('orders.lines')}</TableCell>
            <TableCell>{t('orders.city')}</TableCell>
            <TableCell align="right">{t('orders.total')}</TableCell>
            <TableCell>{t('orders.placed')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {orders.map(({ id, status, lines, deliveryAddress, total, placedAt }) => (
            <TableRow key={id} hover data-order={id} data-status={status}>
              <TableCell>
                <Anchor component={Link} to={`/orders/${id}`} sx={{ fontFamily: 'monospace' }}>
                  {shortId(id)}
                </Anchor>
              </TableCell>
              <TableCell>
                <StatusChip status={status} />
              </TableCell>
              <TableCell>{lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ')}</TableCell>
              <TableCell>{deliveryAddress.city}</TableCell>
              <TableCell align="right">{money(total)}</TableCell>
              <TableCell>{dateTime(placedAt)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

/** The end of an id: beginnings of UUIDv7 are alike. */
export const shortId = (id: string): string => id.slice(-12);
