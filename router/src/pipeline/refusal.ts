import type { GraphQLFormattedError } from 'graphql';

/** A request that is not executed, and what its client is told. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    /** Of HTTP. */
    readonly status: number,
    readonly errors: readonly GraphQLFormattedError[],
    /** Of the HTTP response. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors.map(({ message }) => message).join('\n'));
  }
}

/** All that clients are told of faults of the router. */
export const SOMETHING_WRONG = 'Something went wrong on our side.';

export const refusal = (status: number, code: string, message: string): Refusal =>
  new Refusal(status, [{ message, extensions: { code } }]);
