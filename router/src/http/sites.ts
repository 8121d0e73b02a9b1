import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import express from 'express';
import type { Settings } from '../settings/settings.ts';

export type Site = Settings['sites'][number];

/** Files that the build has compressed beside the original, best first. serve-static knows nothing of them. */
const SUFFIXES = { br: '.br', gzip: '.gz' } as const;

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** A host that may stand in a policy as it is; IPv6 addresses may not. */
const HOST = /^[a-z\d.-]+(:\d{1,5})?$/i;

/**
 * Serves built clients, the longest path first: what the build named by its content for ever, the rest after asking
 * whether it has changed. A path without an extension is a page of the client, which finds its own way.
 */
export function serveSites(sites: readonly Site[]): express.Router {
  const router = express.Router();
  for (const { path, folder } of sites.toSorted((one, other) => other.path.length - one.path.length)) {
    router.use(path, site(folder));
  }
  return router;
}

function site(folder: string): express.RequestHandler {
  return async (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    secure(req, res);
    if (!(await isFile(join(folder, 'index.html')))) return tellItIsBeingBuilt(res);
    const path = pathOf(req);
    if (path === undefined) return notFound(res);
    const isPage = extname(path) === '';
    const file = isPage ? '/index.html' : path;
    const encoding = await bestEncoding(req, join(folder, file));
    res.vary('accept-encoding').type(extname(file));
    if (encoding) res.set('content-encoding', encoding);
    const isNamedByContent = file.startsWith('/assets/');
    res.sendFile(
      file + (encoding ? SUFFIXES[encoding] : ''),
      isNamedByContent
        ? { root: folder, maxAge: '1y', immutable: true }
        : { root: folder, cacheControl: false, headers: { 'cache-control': 'no-cache' } },
      (error?: Error & { status?: number }) => {
        // A client that went away is no error of ours; whatever else it was, nothing of the disk is told.
        if (error && !res.headersSent) notFound(res);
      },
    );
  };
}

function secure({ headers: { host = '' } }: express.Request, res: express.Response): void {
  const sockets = HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  res.set({
    'content-security-policy': `${POLICY}; connect-src 'self'${sockets}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
}

/** The path of the file that is asked for; undefined for one that no file of a site has. */
function pathOf({ path }: express.Request): string | undefined {
  try {
    const decoded = decodeURIComponent(path);
    const isPlain = !/[\\\0]/.test(decoded) && !decoded.split('/').some((part) => part.startsWith('.'));
    return isPlain ? decoded : undefined;
  } catch {
    return undefined; // not UTF-8
  }
}

async function bestEncoding(req: express.Request, file: string): Promise<keyof typeof SUFFIXES | undefined> {
  for (const encoding of ['br', 'gzip'] as const) {
    if (req.acceptsEncodings(encoding) && (await isFile(file + SUFFIXES[encoding]))) return encoding;
  }
  return undefined;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

function tellItIsBeingBuilt(res: express.Response): void {
  res
    .status(503)
    .set({ 'retry-after': '2', 'cache-control': 'no-store' })
    .type('text')
    .send('This client is being built, or has not been yet: npm run build:clients\n');
}

/** What was meant for the file must not be told of its absence. */
function notFound(res: express.Response): void {
  for (const header of ['content-encoding', 'etag', 'last-modified']) res.removeHeader(header);
  res.status(404).set('cache-control', 'no-store').type('text').send('There is no such file.\n');
}
