import { useState } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.ts';
import { useSession } from '../app/use-session.ts';
import { BasketLines } from '../basket/basket-lines.tsx';
import { priceBasket } from '../basket/priced-basket.ts';
import { useBasket } from '../basket/use-basket.ts';
import { useMenu } from '../menu/use-menu.ts';
import { ListState } from '../parts/list-state.tsx';
import { usePageTitle } from '../parts/use-page-title.ts';
import { useFormats } from '../parts/use-formats.ts';
import { SignInForm } from '../sign-in/sign-in-form.tsx';
import '../styles/checkout.css';
import { AddressFields } from './address-fields.tsx';
import { keptAddress } from './kept-address.ts';
import { PaymentChoice } from './payment-choice.tsx';
import { OrderRefused } from './order-refused.tsx';
import { usePlaceOrder } from './use-place-order.ts';

const FORM = 'checkout';

/** Who, where to, how it is paid; then the order. */
export function CheckoutPage() {
  const { t } = useText();
  const { money } = useFormats();
  const who = useSession();
  usePageTitle(t('checkout.title'));
  const { dishes, isLoading, hasFailed, retry } = useMenu();
  const kept = useBasket(({ lines }) => lines);
  const [address, setAddress] = useState(keptAddress);
  const [paymentMethodId, setPaymentMethodId] = useState<string>();
  const { place, isPlacing, refusal } = usePlaceOrder(retry);
  const { lines, total, canBeOrdered } = priceBasket(kept, dishes);
  const refused = refusal?.at === 'basket' ? refusal.dishIds : [];
  if (isPlacing && lines.length === 0) return <p className="page narrow soft">{t('checkout.placed')}</p>;
  if (lines.length === 0) {
    return (
      <div className="page narrow stack">
        <h1>{t('checkout.title')}</h1>
        <p className="soft">{t('basket.empty')}</p>
        <Link to="/" className="button primary fit">
          {t('checkout.toMenu')}
        </Link>
      </div>
    );
  }
  return (
    <div className="page checkout">
      <h1>{t('checkout.title')}</h1>
      <div className="stack">
        {who ? (
          <form
            id={FORM}
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (paymentMethodId)
                void place({ customerId: who.user.id, lines, deliveryAddress: address, paymentMethodId });
            }}
          >
            <section className="card stack">
              <h2>{t('checkout.address')}</h2>
              <AddressFields address={address} onChange={setAddress} refusal={refusal} />
            </section>
          </form>
        ) : (
          <section className="card stack">
            <h2>{t('checkout.who')}</h2>
            {refusal?.at === 'session' && <OrderRefused refusal={refusal} />}
            <SignInForm />
            <p className="soft">{t('signIn.demo')}</p>
          </section>
        )}
        {who && (
          <section className="card stack">
            <h2>{t('checkout.payment')}</h2>
            {refusal?.at === 'payment' && <OrderRefused refusal={refusal} />}
            <PaymentChoice chosen={paymentMethodId} onChoose={setPaymentMethodId} />
          </section>
        )}
      </div>
      <section className="card stack summary">
        <h2>{t('checkout.order')}</h2>
        <ListState
          isLoading={isLoading}
          hasFailed={hasFailed}
          isEmpty={!dishes}
          empty={t('menu.none')}
          skeleton={<div className="skeleton line" />}
          onRetry={retry}
        >
          <BasketLines lines={lines} refused={refused} />
          {total && (
            <p className="basket-total">
              <span>{t('basket.total')}</span>
              <strong>{money(total)}</strong>
            </p>
          )}
        </ListState>
        {refusal && (refusal.at === 'order' || refusal.at === 'basket') && <OrderRefused refusal={refusal} />}
        <button
          type="submit"
          form={FORM}
          className="button primary wide"
          disabled={!who || !paymentMethodId || !canBeOrdered || isPlacing}
        >
          {isPlacing ? t('checkout.placing') : t('checkout.place')}
        </button>
        {!isPlacing && <p className="soft">{nextStep()}</p>}
      </section>
    </div>
  );

  function nextStep(): string {
    if (!who) return t('checkout.needs.who');
    if (!canBeOrdered && dishes) return t('basket.blocked');
    return paymentMethodId ? t('checkout.needs.nothing') : t('checkout.needs.payment');
  }
}
