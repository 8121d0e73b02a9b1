import type { TicketPartsFragment } from '@brigade/graphql';
import { List, ListItem, ListItemText, Paper, Typography } from '@mui/material';
import { useTranslation } from 'react-i18next';

/** Where each line stands in the kitchen; null while the kitchen does not answer. */
export function OrderTickets({ tickets }: { tickets: readonly TicketPartsFragment[] | null | undefined }) {
  const { t } = useTranslation();
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="h2">{t('orders.tickets')}</Typography>
      {tickets ? (
        <List dense disablePadding>
          {tickets.map(({ id, quantity, dishName, status, step, station, attempts }) => (
            <ListItem key={id} disableGutters>
              <ListItemText
                primary={`${quantity} × ${dishName}`}
                secondary={[
                  status,
                  step && `${step.index}/${step.count} ${step.name}`,
                  station?.name,
                  attempts > 1 && t('orders.attempts', { count: attempts }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
            </ListItem>
          ))}
        </List>
      ) : (
        <Typography variant="body2" color="text.secondary">
          {t('orders.unknown')}
        </Typography>
      )}
    </Paper>
  );
}
