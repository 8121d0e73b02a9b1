/** What a message was made of: JSON that the database can keep, or else its bytes. */
export type Body =
  | { kind: 'json'; value: object }
  /** `contentType` as the sender named it; '' where nobody did. */
  | { kind: 'raw'; base64: string; contentType: string };

/** One death of a message: what its delivery to a dead-letter queue tells. */
export interface Burial {
  /** Whose dead-letter queue it is. */
  consumer: string;
  /** Where it died, and where a redrive puts it again. */
  queue: string;
  /** The message's id; a hash of its body where it had none. */
  messageId: string;
  messageName: string;
  subject: string | null;
  body: Body;
  reason: string;
  stack: string | null;
  /** Failed attempts until then; 0 where nobody counted. */
  attempts: number;
  firstFailedAt: Date | null;
  /** Tells one death of a message from the next; null where nobody noted it. */
  lastFailedAt: Date | null;
}

/** A dead letter's states; `decide.ts` says how one leads to another. */
export const statuses = ['WAITING', 'REDRIVING', 'REDRIVEN', 'DISCARDED'] as const;
export type Status = (typeof statuses)[number];

/** A message that a consumer could not handle, in the state of its last death. */
export interface DeadLetter extends Burial {
  id: string;
  /** How often this message died at this consumer. */
  deaths: number;
  status: Status;
}

/** What was done to a dead letter, for the audit. */
export type Action =
  | { kind: 'DIED'; why: string; failedAt: Date | null }
  | { kind: 'EDITED'; why: string; before: object; after: object }
  /** Somebody asked for a redrive. */
  | { kind: 'REDRIVE_REQUESTED'; why: string }
  /** The broker has confirmed it. */
  | { kind: 'REDRIVEN'; why: string }
  /** The redrive found no queue. */
  | { kind: 'RETURNED'; why: string }
  | { kind: 'DISCARDED'; why: string };
export type ActionKind = Action['kind'];
