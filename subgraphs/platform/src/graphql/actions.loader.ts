import type { PostgresOrm, RequestContext } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import type { DeadLetterActionRow } from '../store/entities.ts';
import { listActions } from '../store/list-actions.ts';

const key = Symbol('dead letter actions');

/** The audits of all dead letters of a request in one query. */
export const actionsLoader = (
  context: RequestContext,
  orm: PostgresOrm,
): DataLoader<string, readonly DeadLetterActionRow[]> =>
  context.once(
    key,
    () =>
      new DataLoader(
        async (ids: readonly string[]) => {
          const byLetter = await listActions(orm, ids);
          return ids.map((id) => byLetter.get(id) ?? []);
        },
        // One request may do several things to a letter, one after the other.
        { cache: false },
      ),
  );
