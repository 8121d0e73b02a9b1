import { cookingFailed, orderCancelled, orderFailed, stockRejected } from '@brigade/schema';

/** Compensations: each gives back what was taken, and keeps more from being taken. */
export const callsOff = [stockRejected, cookingFailed, orderCancelled, orderFailed] as const;
