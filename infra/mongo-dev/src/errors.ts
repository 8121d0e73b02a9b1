/** The server errors this store answers with; numbers and names are MongoDB's own (error_codes.yml). */
const NAMES = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  171: 'CannotIndexParallelArrays',
  225: 'TransactionTooOld',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  263: 'OperationNotSupportedInTransaction',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
} as const satisfies Record<number, string>;

export type ErrorCode = keyof typeof NAMES;

/** An error that the client sees: `{ ok: 0, code, codeName, errmsg, ...details }`. */
export class MongoError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  labels: string[];

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, labels: string[] = []) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.details = details;
    this.labels = labels;
  }

  get codeName(): string {
    return NAMES[this.code];
  }
}

/** Names what this store does not implement (code 2, BadValue), so that nobody mistakes silence for support. */
export function notImplemented(what: string): MongoError {
  return new MongoError(2, `${what} is not implemented by the development store (it is not MongoDB)`);
}

/** The snapshot of a transaction was overtaken by another writer; the driver retries the whole transaction. */
export function writeConflict(): MongoError {
  return new MongoError(112, 'Write conflict with another transaction', {}, ['TransientTransactionError']);
}
