import { useMutation } from '@apollo/client/react';
import { SignInDocument, SignUpDocument } from '@brigade/graphql';
import { useState, type FormEvent } from 'react';
import { useText } from '../i18n/use-text.ts';
import { session } from '../app/services.ts';
import { Notice } from '../parts/notice.tsx';
import { TextField } from '../parts/text-field.tsx';
import { signInRefusal } from './sign-in-refusal.ts';

/** Signs a guest in, or up; whoever shows it goes on when there is a session. */
export function SignInForm() {
  const { t } = useText();
  const [isNew, setIsNew] = useState(false);
  const [signIn, signingIn] = useMutation(SignInDocument);
  const [signUp, signingUp] = useMutation(SignUpDocument);
  const { loading, error } = isNew ? signingUp : signingIn;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const input = { email: text('email').trim(), password: text('password') };
    try {
      const found = isNew
        ? (await signUp({ variables: { input: { ...input, name: text('name').trim() } } })).data?.register
        : (await signIn({ variables: { input } })).data?.login;
      if (found) session.set(found);
    } catch {
      // `error` shows it.
    }
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <div className="switch" role="group" aria-label={t('signIn.which')}>
        <button type="button" aria-pressed={!isNew} onClick={() => setIsNew(false)}>
          {t('signIn.signIn')}
        </button>
        <button type="button" aria-pressed={isNew} onClick={() => setIsNew(true)}>
          {t('signIn.signUp')}
        </button>
      </div>
      {isNew && <TextField name="name" label={t('signIn.name')} autoComplete="name" required maxLength={100} />}
      <TextField name="email" type="email" label={t('signIn.email')} autoComplete="username" required maxLength={254} />
      <TextField
        name="password"
        type="password"
        label={t('signIn.password')}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        hint={isNew ? t('signIn.passwordHint') : undefined}
        required
        minLength={isNew ? 8 : undefined}
        maxLength={128}
      />
      {error && <Notice tone="error">{t(`signIn.refusals.${signInRefusal(error)}`)}</Notice>}
      <button type="submit" className="button primary" disabled={loading}>
        {isNew ? t('signIn.signUp') : t('signIn.signIn')}
      </button>
    </form>
  );
}
