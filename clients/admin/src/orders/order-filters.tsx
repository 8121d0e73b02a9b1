import { Chip, Stack, TextField } from '@mui/material';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { orderStatuses } from './order-filter.ts';

/** So long after the last letter a search begins, milliseconds. */
const PAUSE_MS = 300;

interface OrderFiltersProps {
  readonly search: URLSearchParams;
  readonly onChange: (search: URLSearchParams) => void;
}

/** Narrows the list; what is chosen stands in the page's address, so it can be sent on. */
export function OrderFilters({ search, onChange }: OrderFiltersProps) {
  const { t } = useTranslation();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const chosen = search.getAll('status');
  const toggle = (status: string) => {
    const next = new URLSearchParams(search);
    next.delete('status');
    for (const one of orderStatuses) {
      if (chosen.includes(one) !== (one === status)) next.append('status', one);
    }
    onChange(next);
  };
  const find = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const next = new URLSearchParams(search);
      if (text) next.set('search', text);
      else next.delete('search');
      onChange(next);
    }, PAUSE_MS);
  };
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, mb: 2, alignItems: 'center' }}>
      <TextField
        size="small"
        type="search"
        label={t('orders.search')}
        defaultValue={search.get('search') ?? ''}
        onChange={({ target }) => find(target.value)}
      />
      <Stack direction="row" role="group" aria-label={t('orders.filter')} sx={{ flexWrap: 'wrap', gap: 0.5 }}>
        {orderStatuses.map((status) => (
          <Chip
            key={status}
            size="small"
            clickable
            label={t(`status.${status}`)}
            color={chosen.includes(status) ? 'primary' : 'default'}
            aria-pressed={chosen.includes(status)}
            onClick={() => toggle(status)}
          />
        ))}
      </Stack>
    </Stack>
  );
}
