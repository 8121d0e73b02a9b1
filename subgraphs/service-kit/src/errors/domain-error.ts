/**
 * A refusal that callers are meant to see: `code` goes to the API as `extensions.code`, the message as it stands.
 * Everything that is not a DomainError is masked there.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  /** Machine-readable facts for the client; never internals. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = new.target.name;
    this.details = details;
  }
}

/** The input breaks a rule that its GraphQL type can't express. */
export class BadUserInput extends DomainError {
  readonly code = 'BAD_USER_INPUT';
}

/** Nobody is logged in, or the token is not valid. */
export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  constructor(message = 'Log in first.') {
    super(message);
  }
}

/** Logged in, but not with a role that may do this. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
  constructor(message = 'Your role does not allow this.') {
    super(message);
  }
}

/** There is no such thing, or it is not yours: the two are not told apart. */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';
}
