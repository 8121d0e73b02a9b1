import { Arg, Mutation, Resolver } from 'type-graphql';
import type { IdentityDeps } from '../deps.ts';
import type { Authenticated } from '../use-cases/authenticated.ts';
import { login } from '../use-cases/login.ts';
import { logout } from '../use-cases/logout.ts';
import { refreshSession } from '../use-cases/refresh-session.ts';
import { register } from '../use-cases/register.ts';
import { AuthPayload, LoginInput, RegisterInput } from './auth.type.ts';
import { ownUser } from './user-from-account.ts';

const payload = ({ accessToken, refreshToken, account }: Authenticated): AuthPayload => ({
  accessToken,
  refreshToken,
  user: ownUser(account),
});

@Resolver()
export class AuthResolver {
  constructor(private readonly deps: IdentityDeps) {}

  @Mutation(() => AuthPayload, {
    description: 'Opens an account as a guest and logs in. Refusals: `BAD_USER_INPUT`, `EMAIL_TAKEN`.',
  })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The account.' }) input: RegisterInput,
  ): Promise<AuthPayload> {
    return payload(await register(this.deps, input));
  }

  @Mutation(() => AuthPayload, {
    description: 'Begins a session. Refusal: `UNAUTHENTICATED`, the same whether address or password is wrong.',
  })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who, and the proof.' }) input: LoginInput,
  ): Promise<AuthPayload> {
    return payload(await login(this.deps, input));
  }

  @Mutation(() => AuthPayload, {
    description:
      'Exchanges a refresh token for its successor and a new access token. Refusal: `UNAUTHENTICATED`; a token that was used before ends its session.',
  })
  async refresh(
    @Arg('refreshToken', () => String, { description: 'The newest refresh token of the session.' })
    refreshToken: string,
  ): Promise<AuthPayload> {
    return payload(await refreshSession(this.deps, refreshToken));
  }

  @Mutation(() => Boolean, { description: 'Ends the session. True also when it had ended before.' })
  async logout(
    @Arg('refreshToken', () => String, { description: 'A refresh token of the session.' }) refreshToken: string,
  ): Promise<boolean> {
    await logout(this.deps, refreshToken);
    return true;
  }
}
