import { DomainError } from '@brigade/service-kit';
import type { Status } from './dead-letter.ts';

/** Only what waits can be edited, redriven or discarded. */
export class DeadLetterNotWaiting extends DomainError {
  readonly code = 'DEAD_LETTER_NOT_WAITING';
  constructor(id: string, status: Status) {
    super(`Dead letter ${id} is ${status}; only one that is WAITING can be edited, redriven or discarded.`, {
      id,
      status,
    });
  }
}

/** Its body is no JSON that can be kept as such, so no consumer could read it either: it can only be discarded. */
export class DeadLetterUnreadable extends DomainError {
  readonly code = 'DEAD_LETTER_UNREADABLE';
  constructor(id: string) {
    super(`The body of dead letter ${id} can't be read; it can only be discarded.`, { id });
  }
}

/** There is no contract to check an edit by. */
export class DeadLetterNotEditable extends DomainError {
  readonly code = 'DEAD_LETTER_NOT_EDITABLE';
  constructor(id: string, why: string) {
    super(`Dead letter ${id} can't be edited: ${why}.`, { id });
  }
}

export interface Fault {
  /** Where in the payload, e.g. `lines.0.quantity`; '' for the whole. */
  path: string;
  message: string;
}

/** The new payload breaks the message's contract: its consumers would refuse it at once. */
export class PayloadBreaksContract extends DomainError {
  readonly code = 'PAYLOAD_BREAKS_CONTRACT';
  constructor(messageName: string, faults: readonly Fault[]) {
    const list = faults.map(({ path, message }) => (path ? `${path}: ${message}` : message));
    super(`The payload breaks the contract of ${messageName}: ${list.join('; ')}`, { messageName, faults });
  }
}
