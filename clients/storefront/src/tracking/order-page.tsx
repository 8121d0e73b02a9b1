import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useSession } from '../app/use-session.ts';
import { ListState } from '../parts/list-state.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useFormats } from '../parts/use-formats.ts';
import { SignInForm } from '../sign-in/sign-in-form.tsx';
import '../styles/station.css';
import '../styles/tracking.css';
import { CancelDialog } from './cancel-dialog.tsx';
import { OrderHead } from './order-head.tsx';
import { StepList } from './step-list.tsx';
import { TicketCard } from './ticket-card.tsx';
import { isOpen, useTrackedOrder } from './use-tracked-order.ts';

/** An order on its way, down to the dish in the oven. */
export function OrderPage() {
  const { id = '' } = useParams();
  const who = useSession();
  return who ? <Tracking key={`${who.user.id} ${id}`} id={id} /> : <SignInFirst />;
}

function SignInFirst() {
  const { t } = useText();
  usePageTitle(t('tracking.title'));
  return (
    <div className="page narrow stack">
      <h1>{t('tracking.title')}</h1>
      <section className="card stack">
        <p>{t('tracking.signIn')}</p>
        <SignInForm />
      </section>
    </div>
  );
}

function Tracking({ id }: { id: string }) {
  const { t } = useText();
  const { money, dateTime } = useFormats();
  const { order, isLoading, hasFailed, retry } = useTrackedOrder(id);
  const [isAsking, setIsAsking] = useState(false);
  usePageTitle(order ? t(`tracking.headline.${order.status}`) : t('tracking.title'));
  const looks = new Map(order?.lines.map((line) => [line.id, line.dish]));
  return (
    <div className="page tracking stack">
      <p>
        <Link to="/orders" className="quiet-link">
          {t('tracking.back')}
        </Link>
      </p>
      <ListState
        isLoading={isLoading}
        hasFailed={hasFailed}
        isEmpty={!order}
        empty={t('tracking.missing')}
        skeleton={<div className="skeleton order-head" />}
        onRetry={retry}
      >
        {order && (
          <>
            <OrderHead order={order} />
            <StepList status={order.status} timeline={order.timeline} />
            <section className="stack" aria-labelledby="tickets">
              <h2 id="tickets">{t('tracking.tickets')}</h2>
              {order.tickets ? (
                <ul className="tickets">
                  {order.tickets.map((ticket) => (
                    <TicketCard key={ticket.id} ticket={ticket} look={looks.get(ticket.id) ?? null} />
                  ))}
                </ul>
              ) : (
                <p className="soft">{t('tracking.kitchenSilent')}</p>
              )}
            </section>
            <section className="card facts">
              <p>
                <span className="soft">{t('tracking.placedAt')}</span> {dateTime(order.placedAt)}
              </p>
              <p>
                <span className="soft">{t('tracking.to')}</span> {order.deliveryAddress.city}
              </p>
              <p>
                <span className="soft">{t('basket.total')}</span> <strong>{money(order.total)}</strong>
              </p>
              {isOpen(order.status) ? (
                <button type="button" className="button danger-quiet" onClick={() => setIsAsking(true)}>
                  {t('tracking.cancel')}
                </button>
              ) : (
                <Link to="/" className="button">
                  {t('checkout.toMenu')}
                </Link>
              )}
            </section>
            {isAsking && <CancelDialog id={order.id} onClose={() => setIsAsking(false)} />}
          </>
        )}
      </ListState>
    </div>
  );
}
