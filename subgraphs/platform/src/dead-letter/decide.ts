import type { Action, Burial, DeadLetter } from './dead-letter.ts';
import { withPayload } from './edit-payload.ts';
import { DeadLetterNotWaiting, DeadLetterUnreadable } from './errors.ts';

/** What may be done to a dead letter that is known. */
export type Command =
  | { do: 'edit'; payload: unknown; why: string }
  | { do: 'redrive'; why: string }
  | { do: 'discard'; why: string }
  /** The broker has confirmed the redrive. */
  | { do: 'confirm' }
  /** The redrive found no queue to go to. */
  | { do: 'return'; why: string };

/** A dead letter as it stands after something happened, and what to write into the audit. */
export interface Change {
  letter: DeadLetter;
  action: Action;
}

/**
 * `WAITING -> REDRIVING -> REDRIVEN`, or `WAITING -> DISCARDED`; a redrive without a queue goes back to WAITING.
 * Answers nothing where nothing is left to do.
 * @throws DeadLetterNotWaiting, DeadLetterUnreadable, and what `withPayload` throws
 */
export function decide(command: Command, letter: DeadLetter): Change | undefined {
  switch (command.do) {
    case 'edit': {
      assertWaiting(letter);
      const { before, after } = withPayload(letter, command.payload);
      return {
        letter: { ...letter, body: { kind: 'json', value: after } },
        action: { kind: 'EDITED', why: command.why, before, after },
      };
    }
    case 'redrive':
      assertWaiting(letter);
      if (letter.body.kind === 'raw') throw new DeadLetterUnreadable(letter.id);
      return {
        letter: { ...letter, status: 'REDRIVING' },
        action: { kind: 'REDRIVE_REQUESTED', why: command.why },
      };
    case 'discard':
      assertWaiting(letter);
      return { letter: { ...letter, status: 'DISCARDED' }, action: { kind: 'DISCARDED', why: command.why } };
    case 'confirm':
      if (letter.status !== 'REDRIVING') return undefined;
      return {
        letter: { ...letter, status: 'REDRIVEN' },
        action: { kind: 'REDRIVEN', why: `the broker has it in ${letter.queue}` },
      };
    case 'return':
      if (letter.status !== 'REDRIVING') return undefined;
      return { letter: { ...letter, status: 'WAITING' }, action: { kind: 'RETURNED', why: command.why } };
    default:
      return command satisfies never;
  }
}

function assertWaiting({ id, status }: DeadLetter): void {
  if (status !== 'WAITING') throw new DeadLetterNotWaiting(id, status);
}

/** What is known of a message when it arrives in a dead-letter queue. */
export interface Known {
  letter: DeadLetter;
  /** Whether a death at the time of this burial is in the audit. */
  hasDeath: boolean;
}

/**
 * Takes a burial in: the first makes a letter, a further one counts and puts it back to WAITING, whatever was done to
 * it. The same burial delivered once more changes nothing: it is told by its time, and where nobody noted one by the
 * broker's `redelivered`, as long as nothing was done to the letter since.
 */
export function bury(
  burial: Burial,
  known: Known | undefined,
  { id, redelivered }: { id: string; redelivered: boolean },
): Change | undefined {
  const action: Action = { kind: 'DIED', why: burial.reason, failedAt: burial.lastFailedAt };
  if (!known) return { letter: { ...burial, id, deaths: 1, status: 'WAITING' }, action };
  const { letter, hasDeath } = known;
  const same = burial.lastFailedAt ? hasDeath : redelivered && letter.status === 'WAITING';
  if (same) return undefined;
  // While it waits somebody may have edited it: what died now is the message as it was before.
  const body = letter.status === 'WAITING' ? letter.body : burial.body;
  return { letter: { ...burial, body, id: letter.id, deaths: letter.deaths + 1, status: 'WAITING' }, action };
}
