import { SignJWT, jwtVerify } from 'jose';
import { roleSchema, type Role } from '@brigade/schema';
import { z } from 'zod';
import { Forbidden, Unauthenticated } from '../errors/domain-error.ts';

/** The internal header in which the router (or a service) tells a subgraph who is asking. */
export const ACTOR_HEADER = 'x-brigade-actor';

/** How long a signed actor is good for, seconds: one request's time, not a session's. */
const LIFETIME_SECONDS = 60;

const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('user'), userId: z.uuid(), roles: z.array(roleSchema) }),
  z.object({ kind: z.literal('service'), name: z.string().min(1) }),
]);
export type Actor = z.infer<typeof actorSchema>;
export type UserActor = Extract<Actor, { kind: 'user' }>;

const key = (secret: string) => new TextEncoder().encode(secret);

/** A compact JWS (HS256) that says who is asking, valid for 60 s. */
export function signActor(actor: Actor, secret: string): Promise<string> {
  return new SignJWT({ actor })
    .setProtectedHeader({ alg: 'HS256', typ: 'actor+jwt' })
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(key(secret));
}

/** @throws Unauthenticated when the header is absent, forged, expired or of another kind */
export async function verifyActor(header: string | undefined, secret: string): Promise<Actor> {
  if (!header) throw new Unauthenticated('This endpoint is for the router only.');
  try {
    const { payload } = await jwtVerify(header, key(secret), {
      algorithms: ['HS256'],
      typ: 'actor+jwt',
      requiredClaims: ['exp'],
    });
    return actorSchema.parse(payload.actor);
  } catch {
    throw new Unauthenticated('The internal actor header is not valid.');
  }
}

/** @throws Unauthenticated unless a user is logged in */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new Unauthenticated();
  return actor;
}

/** @throws Unauthenticated, or Forbidden unless the user has one of the roles */
export function requireRole(actor: Actor, ...roles: readonly Role[]): UserActor {
  const user = requireUser(actor);
  if (!user.roles.some((role) => roles.includes(role))) throw new Forbidden();
  return user;
}

export const isStaff = (actor: Actor): boolean => actor.kind === 'user' && actor.roles.some((role) => role !== 'GUEST');
