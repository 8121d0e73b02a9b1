import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { cardOf } from './cards.ts';
import type { Faults } from './faults.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

export const chargeSchema = z.strictObject({
  token: z.string().min(1),
  amountMinor: z.int().min(1),
  currency: z.literal('EUR'),
  reference: z.string().min(1).max(200),
});
export const refundSchema = z.strictObject({
  chargeId: z.string().min(1),
  amountMinor: z.int().min(1),
  reference: z.string().min(1).max(200),
});

export const voidSchema = z.strictObject({ reference: z.string().min(1).max(200) });

const VOIDED = 'voided';

/** The key was used before for something else, or there is nothing to refund. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';
  constructor(
    readonly status: 404 | 409 | 422,
    message: string,
  ) {
    super(message);
  }
}

/** Takes money, or refuses. The same key answers the same entry. @throws ProviderRefusal */
export async function charge(
  ledger: Ledger,
  faults: Faults,
  key: string,
  request: z.infer<typeof chargeSchema>,
): Promise<LedgerEntry> {
  const earlier = ledger.byKey(key);
  if (earlier) {
    if (earlier.declineReason !== VOIDED) return repeat(ledger, earlier, 'charge', request.token, request.amountMinor);
    return standing(ledger, earlier);
  }
  const card = cardOf(request.token);
  const declineReason = !card
    ? 'invalid_token'
    : (card.declines ?? (Math.random() < faults.declineRate ? 'try_another_card' : undefined));
  const entry: LedgerEntry = {
    id: `ch_${uuidv7()}`,
    kind: 'charge',
    key,
    status: declineReason ? 'declined' : 'succeeded',
    amountMinor: request.amountMinor,
    currency: request.currency,
    source: request.token,
    reference: request.reference,
    at: new Date().toISOString(),
    ...(declineReason && { declineReason }),
  };
  await ledger.add(entry);
  return entry;
}

/** Gives money back, up to what was taken. The same key answers the same entry. @throws ProviderRefusal */
export async function refund(ledger: Ledger, key: string, request: z.infer<typeof refundSchema>): Promise<LedgerEntry> {
  const earlier = ledger.byKey(key);
  if (earlier) return repeat(ledger, earlier, 'refund', request.chargeId, request.amountMinor);
  const original = ledger.byId(request.chargeId);
  if (original?.kind !== 'charge' || original.status !== 'succeeded') throw new ProviderRefusal(404, 'no such charge');
  if (request.amountMinor > ledger.refundable(original))
    throw new ProviderRefusal(422, 'more than is left of the charge');
  const entry: LedgerEntry = {
    id: `re_${uuidv7()}`,
    kind: 'refund',
    key,
    status: 'succeeded',
    amountMinor: request.amountMinor,
    currency: original.currency,
    source: original.id,
    reference: request.reference,
    at: new Date().toISOString(),
  };
  await ledger.add(entry);
  return entry;
}

/**
 * Closes the key of a charge. If the charge went through before, it is answered as it is; otherwise a declined entry
 * takes its place, and a charge that arrives later under this key is declined with it.
 */
export async function voidCharge(
  ledger: Ledger,
  key: string,
  request: z.infer<typeof voidSchema>,
): Promise<LedgerEntry> {
  const earlier = ledger.byKey(key);
  if (earlier) return standing(ledger, earlier);
  const entry: LedgerEntry = {
    id: `ch_${uuidv7()}`,
    kind: 'charge',
    key,
    status: 'declined',
    amountMinor: 0,
    currency: 'EUR',
    source: '',
    reference: request.reference,
    at: new Date().toISOString(),
    declineReason: VOIDED,
  };
  await ledger.add(entry);
  return entry;
}

async function repeat(
  ledger: Ledger,
  entry: LedgerEntry,
  kind: LedgerEntry['kind'],
  source: string,
  amountMinor: number,
): Promise<LedgerEntry> {
  if (entry.kind !== kind || entry.source !== source || entry.amountMinor !== amountMinor) {
    throw new ProviderRefusal(409, 'the idempotency key was used for another request');
  }
  return standing(ledger, entry);
}

/** The entry once it is on disk. @throws Error when the disk refused it meanwhile */
async function standing(ledger: Ledger, entry: LedgerEntry): Promise<LedgerEntry> {
  await ledger.flushed();
  if (ledger.byKey(entry.key) !== entry) throw new Error('the entry could not be kept');
  return entry;
}
