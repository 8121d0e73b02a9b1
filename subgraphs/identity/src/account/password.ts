import { hash, verify, type Algorithm } from '@node-rs/argon2';

/** The package declares its enum ambiently, which isolated modules can't read. */
const ARGON2ID = 2 as Algorithm.Argon2id;

/** Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet). */
const cost = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A PHC string with a salt of its own. */
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

let nobody: Promise<string> | undefined;

/**
 * Whether the password is the account's. Without an account (`undefined`) it answers false after the same work, so that
 * the time does not tell which addresses have accounts.
 * @param onCompared told once the password has been hashed and compared
 */
export async function verifyPassword(
  passwordHash: string | undefined,
  password: string,
  onCompared: () => void = () => {},
): Promise<boolean> {
  nobody ??= hashPassword('the password of nobody');
  const matches = await verify(passwordHash ?? (await nobody), password);
  onCompared();
  return matches && passwordHash !== undefined;
}
