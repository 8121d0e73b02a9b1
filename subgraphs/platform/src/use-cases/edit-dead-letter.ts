import { text } from '@brigade/schema';
import { BadUserInput } from '@brigade/service-kit';
import { z } from 'zod';
import type { DeadLetter } from '../dead-letter/dead-letter.ts';
import type { PlatformDeps } from '../deps.ts';
import { change } from '../store/dead-letter-repository.ts';
import { deadLetterId, why } from './input.ts';

const schema = z.strictObject({
  id: deadLetterId,
  payload: text({ min: 0, max: 1_000_000, multiline: true }),
  reason: why,
});

/**
 * Gives a waiting dead letter another payload, which its message's contract must allow.
 * @throws ZodError, BadUserInput, NotFound, DeadLetterNotWaiting, DeadLetterUnreadable, DeadLetterNotEditable,
 *   PayloadBreaksContract
 */
export async function editDeadLetter(deps: PlatformDeps, who: string, input: unknown): Promise<DeadLetter> {
  const { id, payload, reason } = schema.parse(input);
  const edit = { do: 'edit', payload: parseJson(payload), why: reason } as const;
  return deps.store.transaction((tx) => change(tx, id, edit, who));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadUserInput(`The payload is not JSON: ${(error as Error).message}`);
  }
}
