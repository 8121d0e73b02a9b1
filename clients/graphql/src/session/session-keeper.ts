import { expiresAt, parseSession, type Session } from './session.ts';

/** So long before an access token expires it is renewed, milliseconds. */
const EARLY_MS = 30_000;

export interface SessionKeeperOptions {
  /** Where the session is kept for all tabs; `localStorage` in browsers. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly key: string;
  /** Lets one tab at a time in; the Web Locks API in browsers. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
  /** Exchanges a refresh token. Answers undefined when it is refused, throws when nobody could be asked. */
  readonly renew: (refreshToken: string) => Promise<Session | undefined>;
  readonly now?: () => number;
}

/**
 * The session of all open tabs. A refresh token is good once, and using it twice ends the session for everybody: so
 * tabs take turns, and whoever comes second finds the tokens that the first one brought.
 */
export class SessionKeeper {
  readonly #options: SessionKeeperOptions;
  readonly #listeners = new Set<(session: Session | undefined) => void>();
  #text: string | null;
  #session: Session | undefined;
  #renewing: Promise<Session | undefined> | undefined;

  constructor(options: SessionKeeperOptions) {
    this.#options = options;
    this.#text = options.storage.getItem(options.key);
    this.#session = parseSession(this.#text);
  }

  /** The session as this tab knows it; the same object until it changes. */
  get current(): Session | undefined {
    return this.#session;
  }

  /** Calls back when somebody signs in or out, or the tokens change. @returns what ends it */
  readonly subscribe = (listener: (session: Session | undefined) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(session: Session | undefined): void {
    const { storage, key } = this.#options;
    if (session) storage.setItem(key, JSON.stringify(session));
    else storage.removeItem(key);
    this.look();
  }

  /** Reads what another tab may have written. */
  look(): void {
    const { storage, key } = this.#options;
    const text = storage.getItem(key);
    if (text === this.#text) return;
    this.#text = text;
    this.#session = parseSession(text);
    for (const listener of this.#listeners) listener(this.#session);
  }

  /**
   * An access token that is good for a while, renewed first when it is about to expire.
   * @param refused a token that the router did not take: it is renewed although it looks good
   */
  async accessToken(refused?: string): Promise<string | undefined> {
    const session = this.#session;
    if (!session) return undefined;
    if (session.accessToken !== refused && !this.#isAboutToExpire(session)) return session.accessToken;
    this.#renewing ??= this.#renew(session.accessToken).finally(() => {
      this.#renewing = undefined;
    });
    return (await this.#renewing)?.accessToken;
  }

  #isAboutToExpire({ accessToken }: Session): boolean {
    return expiresAt(accessToken) - EARLY_MS <= (this.#options.now ?? Date.now)();
  }

  #renew(stale: string): Promise<Session | undefined> {
    return this.#options.alone(async () => {
      this.look();
      const session = this.#session;
      // Another tab was faster, or has signed out.
      if (!session || session.accessToken !== stale) return session;
      const renewed = await this.#options.renew(session.refreshToken);
      this.set(renewed);
      return renewed;
    });
  }
}
