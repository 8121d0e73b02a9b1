import { BadUserInput, type EntityManager } from '@brigade/service-kit';
import { z } from 'zod';
import type { DeadLetter } from '../dead-letter/dead-letter.ts';
import type { PlatformDeps } from '../deps.ts';
import { change } from '../store/dead-letter-repository.ts';
import { deadLetterId, filterName, why } from './input.ts';

/** Most letters that one call redrives. */
export const MAX_REDRIVE = 500;

const schema = z.strictObject({
  ids: z.array(deadLetterId).min(1).max(MAX_REDRIVE).nullish(),
  consumer: filterName.nullish(),
  messageName: filterName.nullish(),
  reason: why,
});

/**
 * Marks waiting dead letters for their redrive: those named, all of them or none, or the oldest up to `MAX_REDRIVE`
 * that match a filter and can be read. Publishing them is another step, `publishRedrives`.
 * @throws ZodError, BadUserInput unless there is either `ids` or a filter, NotFound, DeadLetterNotWaiting,
 *   DeadLetterUnreadable
 */
export async function redriveDeadLetters(deps: PlatformDeps, who: string, input: unknown): Promise<DeadLetter[]> {
  const { ids, consumer, messageName, reason } = schema.parse(input);
  if (ids ? consumer || messageName : !consumer && !messageName)
    throw new BadUserInput('Name either the dead letters to redrive by their ids, or a consumer or messageName.');
  return deps.store.transaction(async (tx) => {
    // In one order for everybody, so that two calls can't wait for each other.
    const chosen = ids ? [...new Set(ids)].toSorted() : await findWaiting(tx, consumer, messageName);
    const marked: DeadLetter[] = [];
    for (const id of chosen) marked.push(await change(tx, id, { do: 'redrive', why: reason }, who));
    deps.store.afterCommit(tx, deps.wakeRedrive);
    return marked;
  });
}

async function findWaiting(
  tx: EntityManager,
  consumer: string | null | undefined,
  messageName: string | null | undefined,
): Promise<string[]> {
  const rows = await tx.execute<{ id: string }[]>(
    `select id from dead_letters
     where status = 'WAITING' and raw_body is null and consumer = coalesce(?, consumer)
       and message_name = coalesce(?, message_name)
     order by id limit ? for update`,
    [consumer ?? null, messageName ?? null, MAX_REDRIVE],
  );
  return rows.map(({ id }) => id);
}
