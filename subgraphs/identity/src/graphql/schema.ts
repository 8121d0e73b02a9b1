import type { SubgraphParts } from '@brigade/service-kit';
import type { IdentityDeps } from '../deps.ts';
import { AuthResolver } from './auth.resolver.ts';
import { userFor } from './user-from-account.ts';
import { accountLoader } from './user.loader.ts';
import { UserResolver } from './user.resolver.ts';

/** This subgraph's part of the supergraph. */
export const identitySchema = (deps: IdentityDeps): SubgraphParts => ({
  resolvers: [AuthResolver, UserResolver],
  container: { get: (resolver: new (deps: IdentityDeps) => object) => new resolver(deps) },
  references: {
    User: async ({ id }: { id: string }, context) => {
      const account = await accountLoader(context, deps.orm).load(id);
      return account && userFor(context.actor, account);
    },
  },
});
