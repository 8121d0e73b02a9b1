import { Navigate } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useSession } from '../app/use-session.ts';
import { usePageTitle } from '../parts/use-page-title.ts';
import { SignInForm } from './sign-in-form.tsx';

/** The guests' door; whoever is in finds their orders. */
export function SignInPage() {
  const { t } = useText();
  const who = useSession();
  usePageTitle(t('signIn.title'));
  if (who) return <Navigate to="/orders" replace />;
  return (
    <div className="page narrow stack">
      <h1>{t('signIn.title')}</h1>
      <section className="card">
        <SignInForm />
      </section>
      <p className="soft">{t('signIn.demo')}</p>
    </div>
  );
}
