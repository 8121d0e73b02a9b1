/** A card of the payment provider's test mode; nobody's money. */
export interface TestCard {
  readonly token: string;
  readonly brand: string;
  readonly last4: string;
  /** Why the provider refuses it, where it does. */
  readonly declines?: 'card_declined' | 'insufficient_funds' | 'expired_card';
}

/** What a guest may try: cards that pay, and cards that show how a refusal goes. */
export const testCards: readonly TestCard[] = [
  { token: 'tok_visa', brand: 'visa', last4: '4242' },
  { token: 'tok_mastercard', brand: 'mastercard', last4: '4444' },
  { token: 'tok_amex', brand: 'amex', last4: '0005' },
  { token: 'tok_declined', brand: 'visa', last4: '0002', declines: 'card_declined' },
  { token: 'tok_insufficient_funds', brand: 'visa', last4: '9995', declines: 'insufficient_funds' },
  { token: 'tok_expired', brand: 'mastercard', last4: '0069', declines: 'expired_card' },
];

/** Why the provider will refuse a kept card, as far as that is known. */
export const declineOf = (card: { readonly brand: string; readonly last4: string }): TestCard['declines'] =>
  testCards.find(({ brand, last4 }) => brand === card.brand && last4 === card.last4)?.declines;

const titles: Readonly<Record<string, string>> = { visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express' };

/** As people write it, e.g. `Visa ···· 4242`. */
export const cardTitle = ({ brand, last4 }: { readonly brand: string; readonly last4: string }): string =>
  `${titles[brand] ?? brand} ···· ${last4}`;
