import type { OrderStatus } from '@brigade/graphql';
import { Box, Typography } from '@mui/material';
import { StatusChip } from '../parts/status-chip.tsx';

const open: readonly OrderStatus[] = ['PLACED', 'CONFIRMED', 'PAID', 'COOKING', 'READY'];

/** How many orders stand in each state that is not the last. */
export function OpenOrders({
  counts,
}: {
  counts: readonly { readonly status: OrderStatus; readonly count: number }[];
}) {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return open.map((status) => {
    const count = counts.find((one) => one.status === status)?.count ?? 0;
    return (
      <Box
        key={status}
        sx={{ display: 'grid', gridTemplateColumns: '110px 1fr 48px', alignItems: 'center', gap: 1, mt: 1 }}
      >
        <Box>
          <StatusChip status={status} />
        </Box>
        <Box sx={{ height: 8, borderRadius: 4, bgcolor: 'action.hover' }}>
          <Box
            sx={{ height: 8, borderRadius: 4, bgcolor: 'primary.main' }}
            style={{ width: `${(count / most) * 100}%` }}
          />
        </Box>
        <Typography variant="body2" sx={{ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }}>
          {count}
        </Typography>
      </Box>
    );
  });
}
