import { useMutation } from '@apollo/client/react';
import { SignInDocument } from '@brigade/graphql';
import { Alert, Box, Button, Paper, Stack, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { session } from '../app/services.ts';

/** The staff's door. */
export function SignInPage() {
  const { t } = useTranslation();
  const [signIn, { loading, error }] = useMutation(SignInDocument);
  const [isGuest, setIsGuest] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { email: String(form.get('email')), password: String(form.get('password')) };
    setIsGuest(false);
    const { data } = await signIn({ variables: { input } }).catch(() => ({ data: undefined }));
    if (!data) return;
    if (data.login.user.roles.every((role) => role === 'GUEST')) setIsGuest(true);
    else session.set(data.login);
  };
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Paper
        component="form"
        onSubmit={(event: FormEvent<HTMLFormElement>) => void submit(event)}
        sx={{ p: 4, width: 'min(26rem, 100%)' }}
      >
        <Stack spacing={2}>
          <Typography variant="h1">{t('signIn.title')}</Typography>
          <TextField name="email" type="email" label={t('signIn.email')} autoComplete="username" required autoFocus />
          <TextField
            name="password"
            type="password"
            label={t('signIn.password')}
            autoComplete="current-password"
            required
          />
          {error && <Alert severity="error">{error.message}</Alert>}
          {isGuest && <Alert severity="info">{t('signIn.guest')}</Alert>}
          <Button type="submit" variant="contained" loading={loading}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </Paper>
    </Box>
  );
}
