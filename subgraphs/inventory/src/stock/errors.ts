import { DomainError } from '@brigade/service-kit';

export class UnknownIngredient extends DomainError {
  readonly code = 'NOT_FOUND';
  constructor(id: string) {
    super(`There is no ingredient ${id}.`);
  }
}
