import { Alert, Button, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ListStateProps {
  readonly isLoading: boolean;
  /** What went wrong, where something did and there is nothing to show. */
  readonly error: { readonly message: string } | undefined;
  readonly isEmpty: boolean;
  /** What to say of an empty list. */
  readonly empty: string;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** A list in each of its states: loading, failed, empty, or there. What is there stays while it is read again. */
export function ListState({ isLoading, error, isEmpty, empty, onRetry, children }: ListStateProps) {
  const { t } = useTranslation();
  if (!isEmpty) return children;
  if (error) {
    return (
      <Alert
        severity="error"
        action={
          <Button color="inherit" size="small" onClick={onRetry}>
            {t('page.retry')}
          </Button>
        }
      >
        {error.message}
      </Alert>
    );
  }
  if (isLoading) {
    return (
      <Stack spacing={1} aria-busy="true" aria-label={t('layout.loading')}>
        {Array.from({ length: 5 }, (_nothing, index) => (
          <Skeleton key={index} variant="rounded" height={36} />
        ))}
      </Stack>
    );
  }
  return (
    <Typography color="text.secondary" sx={{ p: 2 }}>
      {empty}
    </Typography>
  );
}
