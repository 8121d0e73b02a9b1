import { decodeIdCursor, encodeCursor, pageOf, type Page, type PostgresOrm } from '@brigade/service-kit';
import type { DeadLetter, Status } from '../dead-letter/dead-letter.ts';
import { letterFrom } from './dead-letter-repository.ts';
import { DeadLetterSchema } from './entities.ts';

/** Which dead letters are meant; what is absent matches all. */
export interface DeadLetterFilter {
  consumer?: string | null | undefined;
  messageName?: string | null | undefined;
  status?: Status | null | undefined;
}

/** A page of dead letters, newest first; ids are UUIDv7, so their order is that in which they were taken in. */
export async function listDeadLetters(
  orm: PostgresOrm,
  { consumer, messageName, status }: DeadLetterFilter,
  { first, after }: { first: number; after?: string | null | undefined },
): Promise<Page<DeadLetter>> {
  const rows = await orm.em.fork().find(
    DeadLetterSchema,
    {
      ...(consumer && { consumer }),
      ...(messageName && { messageName }),
      ...(status && { status }),
      ...(after && { id: { $lt: decodeIdCursor(after) } }),
    },
    { orderBy: { id: 'desc' }, limit: first + 1 },
  );
  return pageOf(rows.map(letterFrom), first, after, ({ id }) => encodeCursor([id]));
}

/** How many dead letters wait, by consumer. */
export async function countWaiting(orm: PostgresOrm): Promise<ReadonlyMap<string, number>> {
  const rows = await orm.em
    .fork()
    .execute<{ consumer: string; waiting: string }[]>(
      `select consumer, count(*) as waiting from dead_letters where status = 'WAITING' group by consumer`,
    );
  return new Map(rows.map(({ consumer, waiting }) => [consumer, Number(waiting)]));
}

export async function findDeadLetter(orm: PostgresOrm, id: string): Promise<DeadLetter | null> {
  const row = await orm.em.fork().findOne(DeadLetterSchema, { id });
  return row && letterFrom(row);
}
