/** The test tokens that the provider knows; every other token is refused as invalid. */
const cards: Readonly<Record<string, { brand: string; last4: string; declines?: string }>> = {
  tok_visa: { brand: 'visa', last4: '4242' },
  tok_mastercard: { brand: 'mastercard', last4: '4444' },
  tok_amex: { brand: 'amex', last4: '0005' },
  tok_declined: { brand: 'visa', last4: '0002', declines: 'card_declined' },
  tok_insufficient_funds: { brand: 'visa', last4: '9995', declines: 'insufficient_funds' },
  tok_expired: { brand: 'mastercard', last4: '0069', declines: 'expired_card' },
};

export const cardOf = (token: string) => (Object.hasOwn(cards, token) ? cards[token] : undefined);
