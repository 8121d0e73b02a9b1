import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';

/** The same from `src` and from `dist`. */
const OWN_FILES = fileURLToPath(new URL('../../graphiql', import.meta.url));
const { resolve } = createRequire(import.meta.url);

/** What the page loads of packages, as they were published. */
const packageFiles: Readonly<Record<string, readonly [name: string, file: string]>> = {
  'react.js': ['react', 'umd/react.production.min.js'],
  'react-dom.js': ['react-dom', 'umd/react-dom.production.min.js'],
  'graphiql.js': ['graphiql', 'graphiql.min.js'],
  'graphiql.css': ['graphiql', 'graphiql.min.css'],
  'graphql-ws.js': ['graphql-ws', 'umd/graphql-ws.min.js'],
};

/**
 * Nothing from elsewhere, and no script in the page. GraphiQL puts styles into it, and has its fonts as `data:`. A page
 * of the router's own sites may embed it.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

/**
 * GraphiQL for who develops: a page that needs no internet. Its packages are development dependencies; where they are not
 * installed, it says so.
 */
export function graphiqlPage(): express.Router {
  const router = express.Router();
  router.use((_req, res, next) => {
    res.set({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    next();
  });
  router.get('/', (_req, res) => {
    const missing = Object.values(packageFiles).find(([name]) => folderOf(name) === undefined);
    if (missing) res.status(404).type('text').send(`The package ${missing[0]} is not installed.\n`);
    else res.sendFile('page.html', { root: OWN_FILES });
  });
  for (const [path, [name, file]] of Object.entries(packageFiles)) {
    router.get(`/${path}`, (_req, res, next) => {
      const folder = folderOf(name);
      if (folder === undefined) next();
      else res.sendFile(file, { root: folder });
    });
  }
  router.use(express.static(OWN_FILES, { index: false, redirect: false }));
  return router;
}

function folderOf(name: string): string | undefined {
  try {
    return dirname(resolve(join(name, 'package.json')));
  } catch {
    return undefined;
  }
}
