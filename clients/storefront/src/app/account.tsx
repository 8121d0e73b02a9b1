import { SignOutDocument } from '@brigade/graphql';
import { Link, useNavigate } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { forgetAddress } from '../checkout/kept-address.ts';
import { client, session } from './services.ts';
import { useSession } from './use-session.ts';

/** Who is signed in, and the way in or out: at the top where there is room for it, else at the bottom. */
export function Account() {
  const { t } = useText();
  const who = useSession();
  const navigate = useNavigate();
  if (!who) {
    return (
      <span className="account">
        <Link to="/sign-in" className="quiet-link">
          {t('account.signIn')}
        </Link>
      </span>
    );
  }
  const signOut = async () => {
    // Whoever comes next to this device learns nothing of who was here.
    forgetAddress();
    await navigate('/');
    session.set(undefined);
    // Whether or not the router hears of it, this browser has forgotten the tokens.
    await client
      .mutate({ mutation: SignOutDocument, variables: { refreshToken: who.refreshToken } })
      .catch(() => undefined);
  };
  return (
    <span className="account">
      <span className="account-name">{who.user.name ?? who.user.email}</span>
      <button type="button" className="quiet-link" onClick={() => void signOut()}>
        {t('account.signOut')}
      </button>
    </span>
  );
}
