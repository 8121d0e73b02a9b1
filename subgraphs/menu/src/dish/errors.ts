import { DomainError } from '@brigade/service-kit';

/** Somebody else changed the dish since the writer had looked. */
export class RevisionConflict extends DomainError {
  readonly code = 'CONFLICT';
  constructor(dishId: string, revision: number, expectedRevision: number) {
    super(`Dish ${dishId} is at revision ${revision}, not ${expectedRevision}: look again.`, {
      revision,
      expectedRevision,
    });
  }
}
