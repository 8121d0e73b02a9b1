import { text } from '@brigade/schema';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { PaymentsDeps } from '../deps.ts';
import { InvalidPaymentToken, ProviderUnavailable } from '../payment/errors.ts';
import { PaymentMethodSchema, type PaymentMethodRow } from '../store/entities.ts';

const inputSchema = z.strictObject({ token: text({ max: 200, trim: true }) });

/**
 * Keeps a token of the provider for a user; never a card number. The same token again answers the same method.
 * @throws ZodError, InvalidPaymentToken, ProviderUnavailable
 */
export async function addPaymentMethod(deps: PaymentsDeps, userId: string, input: unknown): Promise<PaymentMethodRow> {
  const { token } = inputSchema.parse(input);
  const card = await deps.provider.card(token).catch((error: unknown) => {
    throw new ProviderUnavailable(error);
  });
  if (!card) throw new InvalidPaymentToken();
  const em = deps.orm.em.fork();
  await em.execute(
    `insert into payment_methods (id, user_id, token, brand, last4) values (?, ?, ?, ?, ?) on conflict (user_id, token) do nothing`,
    [uuidv7(), userId, token, card.brand, card.last4],
  );
  return em.findOneOrFail(PaymentMethodSchema, { userId, token });
}
