export { paymentProvider } from './service.ts';
export type { LedgerEntry } from './ledger.ts';
