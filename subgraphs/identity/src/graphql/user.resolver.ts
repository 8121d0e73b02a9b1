import { requireRole, type RequestContext } from '@brigade/service-kit';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { IdentityDeps } from '../deps.ts';
import { setRoles } from '../use-cases/set-roles.ts';
import { userFor } from './user-from-account.ts';
import { accountLoader } from './user.loader.ts';
import { Role, User } from './user.type.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(private readonly deps: IdentityDeps) {}

  @Query(() => User, { nullable: true, description: 'Who is asking; null when nobody is logged in.' })
  async me(@Ctx() context: RequestContext): Promise<User | null> {
    if (context.actor.kind !== 'user') return null;
    const account = await accountLoader(context, this.deps.orm).load(context.actor.userId);
    return account && userFor(context.actor, account);
  }

  @Mutation(() => User, {
    description:
      'Gives a person other roles, effective with the next token; for admins. Refusals: `FORBIDDEN`, `NOT_FOUND`, `BAD_USER_INPUT`.',
  })
  async setRoles(
    @Arg('userId', () => ID, { description: 'Id of the account.' }) userId: string,
    @Arg('roles', () => [Role], { description: 'All roles that the person has from now on, at least one.' })
    roles: Role[],
    @Ctx() context: RequestContext,
  ): Promise<User> {
    requireRole(context.actor, 'ADMIN');
    return userFor(context.actor, await setRoles(this.deps, { userId, roles }));
  }
}
