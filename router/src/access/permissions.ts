import type { Identity } from '../identity/identity.ts';
import type { Settings } from '../settings/settings.ts';
import type { AccessRequirement } from './access-rules.ts';

/** Whether somebody is what is required. */
export type Permits = (identity: Identity, requirement: AccessRequirement) => boolean;

/**
 * Scopes are those of the token and those that the settings give to its roles. A policy is met by whoever holds a role
 * that the settings name for it; one that they do not name is met by nobody.
 */
export function permitsBy({ scopesOfRoles, policies }: Settings['authorisation']): Permits {
  return (identity, requirement) => {
    if (identity.kind === 'anonymous') return false;
    const { roles, scopes } = identity;
    switch (requirement.kind) {
      case 'authenticated':
        return true;
      case 'scopes': {
        const held = new Set([...scopes, ...roles.flatMap((role) => scopesOfRoles[role] ?? [])]);
        return requirement.anyOf.some((all) => all.every((scope) => held.has(scope)));
      }
      case 'policies':
        return requirement.anyOf.some((all) =>
          all.every((policy) => policies[policy]?.some((role) => roles.includes(role)) ?? false),
        );
    }
  };
}
