import type { PostgresOrm } from '@brigade/service-kit';
import { DeadLetterActionSchema, type DeadLetterActionRow } from './entities.ts';

/** The audits of some dead letters, each oldest first. */
export async function listActions(
  orm: PostgresOrm,
  letterIds: readonly string[],
): Promise<ReadonlyMap<string, DeadLetterActionRow[]>> {
  const rows = await orm.em
    .fork()
    .find(DeadLetterActionSchema, { letterId: { $in: [...letterIds] } }, { orderBy: { seq: 'asc' } });
  return Map.groupBy(rows, ({ letterId }) => letterId);
}
