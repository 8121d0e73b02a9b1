import { Paper, Typography } from '@mui/material';

/** One number that matters, and what it is. */
export function Figure({ label, value, isBad = false }: { label: string; value: string; isBad?: boolean }) {
  return (
    <Paper variant="outlined" sx={{ p: 2 }}>
      <Typography variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Typography
        sx={{ fontSize: '1.7rem', fontWeight: 650, fontVariantNumeric: 'tabular-nums' }}
        color={isBad ? 'error' : 'text.primary'}
      >
        {value}
      </Typography>
    </Paper>
  );
}
