import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createRemoteJWKSet, jwksCache, type JWKSCacheInput, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** A request for the keys is not repeated sooner, however many tokens name a key that is not among them. */
const COOLDOWN_MS = 5_000;
const TIMEOUT_MS = 3_000;
/** How soon a key that is not published any more is trusted no longer. */
const REFRESH_EVERY_MS = 60_000;

const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

export interface PublishedKeysOptions {
  /** Where the JWKS (RFC 7517) is published. */
  url: string;
  /** Keeps the last keys that were seen across restarts. */
  file?: string;
  /** Told why keys could not be fetched or kept; those that are there stay in use. */
  onTrouble?: (error: unknown, what: string) => void;
}

/**
 * The keys that tokens are verified with, fetched when the first token asks, when a token names one that is not there,
 * and once a minute. While whoever publishes them is away the last ones stay in use, also after a restart: guests who
 * are logged in must not depend on it.
 */
export function publishedKeys({ url, file, onTrouble = () => {} }: PublishedKeysOptions): {
  keys: JWTVerifyGetKey;
  close(): void;
} {
  const cache: JWKSCacheInput = {};
  const kept = file === undefined ? undefined : readKeys(file);
  // As old as it takes for a token with a key that is not among them to have them fetched.
  if (kept) Object.assign(cache, { jwks: kept, uat: Date.now() - COOLDOWN_MS });
  const remote = createRemoteJWKSet(new URL(url), {
    cooldownDuration: COOLDOWN_MS,
    timeoutDuration: TIMEOUT_MS,
    cacheMaxAge: Infinity, // refreshed below, so that nobody waits for it
    [jwksCache]: cache,
  });
  let saved = cache.uat;
  const save = () => {
    if (file === undefined || cache.uat === saved) return;
    saved = cache.uat;
    try {
      writeWhole(file, JSON.stringify(cache.jwks));
    } catch (error) {
      onTrouble(error, 'the keys of access tokens could not be kept');
    }
  };
  const refresh = () =>
    remote.reload().then(save, (error: unknown) => onTrouble(error, 'the keys of access tokens could not be fetched'));
  const timer = setInterval(refresh, REFRESH_EVERY_MS).unref();
  // What was kept may have been withdrawn since.
  if (kept) void refresh();
  return {
    async keys(header, token) {
      const key = await remote(header, token);
      save();
      return key;
    },
    close: () => clearInterval(timer),
  };
}

function readKeys(file: string): z.infer<typeof jwksSchema> | undefined {
  try {
    return jwksSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // none yet, or not whole: they are fetched
  }
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
