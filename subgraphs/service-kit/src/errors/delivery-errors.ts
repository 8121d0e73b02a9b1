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

/** The broker did not confirm in time, or takes no messages now. */
export class BrokerAway extends Error {
  override readonly name = 'BrokerAway';
}

/**
 * Something that handling needs is away: another service, a lookup. Not the message's fault, so it is tried again for as
 * long as it takes and never becomes a dead letter for it.
 */
export class DependencyUnavailable extends Error {
  override readonly name: string = 'DependencyUnavailable';
}
