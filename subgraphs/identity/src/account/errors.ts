import { DomainError, Unauthenticated } from '@brigade/service-kit';

export class EmailTaken extends DomainError {
  readonly code = 'EMAIL_TAKEN';
  constructor() {
    super('There is an account with this email address.');
  }
}

/** An unknown address and a wrong password are not told apart. */
export class InvalidCredentials extends Unauthenticated {
  constructor() {
    super('Email or password is wrong.');
  }
}

/** Unknown, expired, revoked or used before: not told apart either. */
export class InvalidRefreshToken extends Unauthenticated {
  constructor() {
    super('This refresh token is not valid: log in again.');
  }
}
