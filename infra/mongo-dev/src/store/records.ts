import type { Doc } from '../values/document.ts';
import type { IndexSpec } from './hash-index.ts';

/** The records of the log, one BSON document each; `t` says which. */
export type LogRecord =
  | { readonly t: 'put'; readonly ns: string; readonly doc: Doc }
  | { readonly t: 'del'; readonly ns: string; readonly id: unknown }
  | { readonly t: 'create'; readonly ns: string }
  | { readonly t: 'drop'; readonly ns: string }
  | { readonly t: 'index'; readonly ns: string; readonly spec: IndexSpec }
  | { readonly t: 'unindex'; readonly ns: string; readonly name: string }
  | ({ readonly t: 'session' } & SessionRecord);

/** The outcome of a session's latest write, so that a retry after a crash is answered instead of done twice. */
export interface SessionRecord {
  readonly session: string;
  readonly txnNumber: string;
  readonly reply: Doc;
}
