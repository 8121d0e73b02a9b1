import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nothing to guess, and nothing to read in it. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

/**
 * What is stored of a refresh token, hex. A plain hash is enough: unlike a password a token can't be guessed from it.
 */
export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex');
