import { beforeEach, describe, expect, test } from '@jest/globals';
import { SessionKeeper } from './session-keeper.ts';
import type { Session } from './session.ts';

const NOW = 1_800_000_000_000;
const KEY = 'session';

const token = (name: string, secondsLeft: number): string =>
  ['header', btoa(JSON.stringify({ name, exp: NOW / 1_000 + secondsLeft })), 'signature'].join('.');
const sessionOf = (refreshToken: string, secondsLeft: number): Session => ({
  accessToken: token(refreshToken, secondsLeft),
  refreshToken,
  user: { id: 'user', name: 'Ada', email: null, roles: ['STAFF'] },
});

/** One browser: its storage, its lock, and a router that takes each refresh token once. */
function browser() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  let queue: Promise<unknown> = Promise.resolve();
  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const turn = queue.then(task);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const used: string[] = [];
  const renew = async (refreshToken: string): Promise<Session | undefined> => {
    await Promise.resolve();
    if (used.includes(refreshToken)) throw new Error(`${refreshToken} was used twice: the session ends for everybody`);
    used.push(refreshToken);
    return sessionOf(`${refreshToken}'`, 900);
  };
  const tab = (how: Partial<ConstructorParameters<typeof SessionKeeper>[0]> = {}) =>
    new SessionKeeper({ storage, key: KEY, alone, renew, now: () => NOW, ...how });
  return { storage, used, tab };
}

describe('a session in several tabs', () => {
  let here: ReturnType<typeof browser>;
  beforeEach(() => {
    here = browser();
  });

  test('a good token is used as it is', async () => {
    const tab = here.tab();
    tab.set(sessionOf('r1', 600));
    expect(await tab.accessToken()).toBe(sessionOf('r1', 600).accessToken);
    expect(here.used).toEqual([]);
  });

  test('ten tabs whose token is about to expire renew it once, and all go on', async () => {
    here.storage.setItem(KEY, JSON.stringify(sessionOf('r1', 5)));
    const tabs = Array.from({ length: 10 }, () => here.tab());
    const tokens = await Promise.all(tabs.flatMap((tab) => [tab.accessToken(), tab.accessToken()]));
    expect(new Set(tokens)).toEqual(new Set([sessionOf("r1'", 900).accessToken]));
    expect(here.used).toEqual(['r1']);
  });

  test('a token that the router refused is renewed although it looks good', async () => {
    const tab = here.tab();
    tab.set(sessionOf('r1', 600));
    const refused = await tab.accessToken();
    expect(await tab.accessToken(refused)).toBe(sessionOf("r1'", 900).accessToken);
  });

  test('a refused refresh token signs out; a router that is away does not', async () => {
    const tab = here.tab({ renew: async () => Promise.reject(new Error('away')) });
    tab.set(sessionOf('r1', 5));
    await expect(tab.accessToken()).rejects.toThrow('away');
    expect(tab.current?.refreshToken).toBe('r1');
    const other = here.tab({ renew: async () => Promise.resolve(undefined) });
    expect(await other.accessToken()).toBeUndefined();
    expect(other.current).toBeUndefined();
    tab.look();
    expect(tab.current).toBeUndefined();
  });

  test('tabs hear of each other, and nonsense in the storage is nobody', () => {
    const [one, other] = [here.tab(), here.tab()];
    const heard: (string | undefined)[] = [];
    other.subscribe((session) => heard.push(session?.refreshToken));
    one.set(sessionOf('r1', 600));
    other.look();
    here.storage.setItem(KEY, '{"accessToken": 1}');
    other.look();
    expect(heard).toEqual(['r1', undefined]);
  });
});
