import { useEffect, useRef } from 'react';
import { NavLink, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { BasketBadge } from '../basket/basket-badge.tsx';
import { Account } from './account.tsx';
import { PictureDefs } from '../pictures/picture-defs.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Preferences } from './preferences.tsx';
import { useSession } from './use-session.ts';

/** The frame of every page. */
export function Layout() {
  const { t } = useText();
  const { state } = useNavigation();
  const { pathname } = useLocation();
  const page = `${pathname} ${useSession()?.user.id ?? ''}`;
  const before = useRef(page);
  useEffect(() => {
    // To who listens or goes by keys, another page begins at its top; the first one is where the browser put it.
    if (before.current !== page) document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
    before.current = page;
  }, [page]);
  return (
    <>
      <a href="#main" className="skip">
        {t('layout.skip')}
      </a>
      <header className="top">
        <div className="top-inner">
          <NavLink to="/" className="brand">
            <BrandMark />
            Brigade
          </NavLink>
          <nav aria-label={t('layout.navigation')}>
            <NavLink to="/" end>
              {t('nav.menu')}
            </NavLink>
            <NavLink to="/orders">{t('nav.orders')}</NavLink>
          </nav>
          <span className="spacer" />
          <Account />
          <BasketBadge />
        </div>
        {state === 'loading' && <div className="loading-line" role="progressbar" aria-label={t('layout.loading')} />}
      </header>
      <ConnectionBanner />
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className="bottom">
        <Account />
        <Preferences />
        <p>{t('layout.demo')}</p>
        <a href="/admin">{t('layout.staff')}</a>
      </footer>
      <PictureDefs />
      <ScrollRestoration />
    </>
  );
}

function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <path d="M9 15a5 5 0 0 1 2-9 6 6 0 0 1 10 0 5 5 0 0 1 2 9v6H9z" fill="currentColor" />
      <path d="M9 23h14v3H9z" fill="var(--accent-2)" />
    </svg>
  );
}
