/** Why an order or a payment came to nothing, as services name it. */
export const reasonCodes = [
  'OUT_OF_STOCK',
  'UNKNOWN_RECIPE',
  'RESERVATION_EXPIRED',
  'DEADLINE_EXCEEDED',
  'NO_STATION',
  'STEP_FAILED',
  'card_declined',
  'insufficient_funds',
  'expired_card',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** The code that a reason begins with, e.g. `NO_STATION` of `NO_STATION: all are off`; undefined for people's words. */
export const reasonCode = (reason: string): ReasonCode | undefined =>
  reasonCodes.find((code) => reason === code || reason.startsWith(`${code}:`));
