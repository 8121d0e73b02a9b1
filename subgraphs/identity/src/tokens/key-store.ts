import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { z } from 'zod';

const CURRENT = 'signing-key.json';
const PREVIOUS = 'previous-key.json';

const keyFileSchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1),
});
type PrivateJwk = z.infer<typeof keyFileSchema>;

export interface SigningKeys {
  kid: string;
  privateKey: CryptoKey;
  /** Public halves of the current key and of the one before, whose tokens may still be about. */
  jwks: { keys: JWK[] };
}

/**
 * The keys in `folder`; the first start makes one. Two processes that start at once agree on one key.
 * @throws ZodError or SyntaxError when a key file is damaged: never replaced silently, that would log everyone out
 */
export async function openKeys(folder: string): Promise<SigningKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const current = (await readKey(join(folder, CURRENT))) ?? (await createKey(folder));
  const previous = await readKey(join(folder, PREVIOUS));
  return {
    kid: current.kid,
    privateKey: (await importJWK(current, 'EdDSA')) as CryptoKey,
    jwks: { keys: [current, ...(previous ? [previous] : [])].map(publicHalf) },
  };
}

/** Retires the current key to the previous one and makes a new one; answers its id. Processes use it when they restart. */
export async function rotateKeys(folder: string): Promise<string> {
  await openKeys(folder);
  await rename(join(folder, CURRENT), join(folder, PREVIOUS));
  return (await createKey(folder)).kid;
}

async function createKey(folder: string): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  const key = keyFileSchema.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
  const file = join(folder, CURRENT);
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    // Written whole and linked only then: whoever finds the file finds all of it, and the first to link has made it.
    await writeDurably(draft, `${JSON.stringify(key)}\n`);
    await link(draft, file);
    return key;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    return keyFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx', 0o600);
  await handle.writeFile(text);
  await handle.sync();
}

async function readKey(file: string): Promise<PrivateJwk | undefined> {
  try {
    return keyFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

const publicHalf = ({ kty, crv, x, kid }: PrivateJwk): JWK => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' });
