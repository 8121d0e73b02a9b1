import { join, resolve } from 'node:path';

/** The checkout that this launcher stands in. */
export const repositoryRoot = resolve(import.meta.dirname, '../../..');

/** Where processes that tests run from the build keep their compiled code (`NODE_COMPILE_CACHE`), for the next start. */
export const compileCache = join(repositoryRoot, '.data/compile-cache');
