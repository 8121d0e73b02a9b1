import { z } from 'zod';
import type { DeadLetter } from '../dead-letter/dead-letter.ts';
import type { PlatformDeps } from '../deps.ts';
import { change } from '../store/dead-letter-repository.ts';
import { deadLetterId, why } from './input.ts';

const schema = z.strictObject({ id: deadLetterId, reason: why });

/**
 * Gives a waiting dead letter up. It stays in the books, with the reason.
 * @throws ZodError, NotFound, DeadLetterNotWaiting
 */
export async function discardDeadLetter(deps: PlatformDeps, who: string, input: unknown): Promise<DeadLetter> {
  const { id, reason } = schema.parse(input);
  return deps.store.transaction((tx) => change(tx, id, { do: 'discard', why: reason }, who));
}
