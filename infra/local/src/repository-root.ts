import { resolve } from 'node:path';

/** The checkout that this launcher stands in. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..');
