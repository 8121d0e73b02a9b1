/** What roles a person may have; `GUEST` orders, the others run the restaurant. */
export type Role = 'GUEST' | 'STAFF' | 'MANAGER' | 'ADMIN';

/** Who is signed in, and the proof of it. */
export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    readonly roles: readonly Role[];
  };
}

/** When a JWT expires, milliseconds since the epoch; 0 for what is none. Read only to be early: the router verifies. */
export function expiresAt(accessToken: string): number {
  try {
    const [, claims = ''] = accessToken.split('.');
    const { exp } = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : 0;
  } catch {
    return 0;
  }
}

/** What is kept between visits, or undefined for what can't be read as a session. */
export function parseSession(text: string | null): Session | undefined {
  if (text === null) return undefined;
  try {
    const session = JSON.parse(text) as Partial<Session>;
    const isWhole =
      typeof session.accessToken === 'string' &&
      typeof session.refreshToken === 'string' &&
      typeof session.user?.id === 'string' &&
      Array.isArray(session.user.roles);
    return isWhole ? (session as Session) : undefined;
  } catch {
    return undefined;
  }
}
