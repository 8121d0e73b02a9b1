import { useQuery } from '@apollo/client/react';
import { MyOrdersDocument } from '@brigade/graphql';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useSession } from '../app/use-session.ts';
import { ListState } from '../parts/list-state.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useFormats } from '../parts/use-formats.ts';
import { DishPicture } from '../pictures/dish-picture.tsx';
import { SignInForm } from '../sign-in/sign-in-form.tsx';
import '../styles/orders.css';

/** So often the list is read again while it is looked at, milliseconds. */
const AGAIN_MS = 10_000;
const PAGE = 10;
const MOST = 50;

/** What the guest ordered last. */
export function OrdersPage() {
  const { t } = useText();
  const who = useSession();
  usePageTitle(t('orders.title'));
  return (
    <div className="page narrow stack">
      <h1>{t('orders.title')}</h1>
      {who ? (
        <OrderList key={who.user.id} />
      ) : (
        <section className="card stack">
          <p>{t('orders.signIn')}</p>
          <SignInForm />
        </section>
      )}
    </div>
  );
}

function OrderList() {
  const { t } = useText();
  const { money, dateTime } = useFormats();
  const [first, setFirst] = useState(PAGE);
  const {
    data: read,
    previousData,
    loading,
    error,
    refetch,
  } = useQuery(MyOrdersDocument, {
    variables: { first },
    fetchPolicy: 'cache-and-network',
    pollInterval: AGAIN_MS,
    skipPollAttempt: () => document.hidden,
  });
  const orders = (read ?? previousData)?.me?.orders;
  const hasMore = orders?.pageInfo.hasNextPage && first < MOST;
  return (
    <ListState
      isLoading={loading}
      hasFailed={Boolean(error)}
      isEmpty={!orders || orders.edges.length === 0}
      empty={
        <>
          <p>{t('orders.none')}</p>
          <Link to="/" className="button primary fit">
            {t('checkout.toMenu')}
          </Link>
        </>
      }
      skeleton={Array.from({ length: 3 }, (_nothing, index) => (
        <div key={index} className="skeleton order-row" />
      ))}
      onRetry={() => void refetch()}
    >
      <ul className="order-list">
        {orders?.edges.map(({ node: order }) => (
          <li key={order.id}>
            <Link to={`/orders/${order.id}`} className="order-row card">
              <span className="order-pictures" aria-hidden="true">
                {order.lines.slice(0, 3).map((line) => (
                  <DishPicture key={line.id} dish={line} />
                ))}
              </span>
              <span className="order-text">
                <strong>{order.lines.map(({ quantity, name }) => `${quantity}\u00A0×\u00A0${name}`).join(', ')}</strong>
                <span className="soft">
                  {dateTime(order.placedAt)} · {money(order.total)}
                </span>
              </span>
              <StatusBadge status={order.status} />
            </Link>
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" className="button fit" onClick={() => setFirst(first + PAGE)}>
          {t('page.more')}
        </button>
      )}
    </ListState>
  );
}
