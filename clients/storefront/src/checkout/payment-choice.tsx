import { useMutation, useQuery } from '@apollo/client/react';
import { KeepPaymentMethodDocument, PaymentMethodsDocument } from '@brigade/graphql';
import { useEffect, useId, useState } from 'react';
import { useText } from '../i18n/use-text.ts';
import { ListState } from '../parts/list-state.tsx';
import { Notice } from '../parts/notice.tsx';
import { cardTitle, declineOf, testCards, type TestCard } from './test-cards.ts';

interface PaymentChoiceProps {
  readonly chosen: string | undefined;
  readonly onChoose: (paymentMethodId: string | undefined) => void;
}

/** One of the cards that are kept, or one more of the provider's test cards. */
export function PaymentChoice({ chosen, onChoose }: PaymentChoiceProps) {
  const { t } = useText();
  const name = useId();
  const { data, loading, error, refetch } = useQuery(PaymentMethodsDocument, { fetchPolicy: 'cache-and-network' });
  const cards = data?.paymentMethods;
  const isKnown = cards?.some(({ id }) => id === chosen);
  const first = (cards?.find((card) => !declineOf(card)) ?? cards?.[0])?.id;
  useEffect(() => {
    if (isKnown === false && first !== chosen) onChoose(first);
  }, [isKnown, first, chosen, onChoose]);
  return (
    <ListState
      isLoading={loading}
      hasFailed={Boolean(error)}
      isEmpty={!cards}
      empty={null}
      skeleton={<div className="skeleton line" />}
      onRetry={() => void refetch()}
    >
      {cards && cards.length > 0 && (
        <div className="cards" role="radiogroup" aria-label={t('checkout.payment')}>
          {cards.map((card) => (
            <label key={card.id} className="card-option">
              <input
                type="radio"
                name={name}
                value={card.id}
                checked={card.id === chosen}
                onChange={() => onChoose(card.id)}
              />
              <span>{cardTitle(card)}</span>
              <DeclineNote declines={declineOf(card)} />
            </label>
          ))}
        </div>
      )}
      <NewCard kept={cards ?? []} onKept={onChoose} />
    </ListState>
  );
}

function DeclineNote({ declines }: { declines: TestCard['declines'] }) {
  const { t } = useText();
  return declines && <span className="badge bad">{t(`checkout.declines.${declines}`)}</span>;
}

interface NewCardProps {
  readonly kept: readonly { readonly brand: string; readonly last4: string }[];
  readonly onKept: (id: string) => void;
}

function NewCard({ kept, onKept }: NewCardProps) {
  const { t } = useText();
  const id = useId();
  const [wanted, setWanted] = useState<string>();
  const [keep, { loading, error }] = useMutation(KeepPaymentMethodDocument, {
    update: (cache, { data }) => {
      if (!data) return;
      cache.updateQuery({ query: PaymentMethodsDocument }, (known) => ({
        paymentMethods: [...(known?.paymentMethods ?? []), data.addPaymentMethod],
      }));
    },
  });
  const offered = testCards.filter((card) => !kept.some((one) => cardTitle(one) === cardTitle(card)));
  const token = offered.find((card) => card.token === wanted)?.token ?? offered[0]?.token;
  if (!token) return null;
  const add = async () => {
    try {
      const { data } = await keep({ variables: { input: { token } } });
      if (data) onKept(data.addPaymentMethod.id);
    } catch {
      // `error` shows it.
    }
  };
  return (
    <div className="new-card">
      <label htmlFor={id}>{t('checkout.newCard')}</label>
      <div className="row">
        <select id={id} value={token} onChange={({ target }) => setWanted(target.value)}>
          {offered.map((card) => (
            <option key={card.token} value={card.token}>
              {cardTitle(card)}
              {card.declines ? ` (${t(`checkout.declines.${card.declines}`)})` : ''}
            </option>
          ))}
        </select>
        <button type="button" className="button" disabled={loading} onClick={() => void add()}>
          {t('checkout.keepCard')}
        </button>
      </div>
      <p className="soft">{t('checkout.testCards')}</p>
      {error && <Notice tone="error">{t('checkout.refusals.payment.provider')}</Notice>}
    </div>
  );
}
