/** A message that no retry can help: it goes to the dead letters at once. */
export class PoisonMessage extends Error {
  override readonly name = 'PoisonMessage';
}

/** Someone else changed the aggregate first; read again and decide anew. */
export class ConcurrencyConflict extends Error {
  override readonly name = 'ConcurrencyConflict';
}

/** The broker took the message, but no queue is bound for it. */
export class UnroutableMessage extends Error {
  override readonly name = 'UnroutableMessage';
}
