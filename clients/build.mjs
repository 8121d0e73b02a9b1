// npm run build:clients: bundles every client whose sources changed since its last bundle.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync, constants } from 'node:zlib';
import { build } from 'vite';

// Whoever calls this may be a test: React's development build is larger by half and slower.
process.env.NODE_ENV = 'production';

const here = import.meta.dirname;
const root = join(here, '..');
const clients = ['admin', 'storefront'];
const sharedFolders = ['graphql/src'];
const sharedFiles = [join(root, 'package-lock.json'), join(here, 'build.mjs'), join(here, 'vite.shared.ts')];

for (const client of clients) {
  const folder = join(here, client);
  const stamp = join(folder, 'dist/.sources');
  const sources = digestOf([
    ...sharedFiles,
    ...[join(folder, 'src'), ...sharedFolders.map((name) => join(here, name))].flatMap(filesBelow),
    ...['index.html', 'vite.config.ts'].map((name) => join(folder, name)),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) continue;
  const started = performance.now();
  await build({ root: folder, configFile: join(folder, 'vite.config.ts'), logLevel: 'warn' });
  const bytes = filesBelow(join(folder, 'dist')).reduce((sum, file) => sum + compress(file), 0);
  writeFileSync(stamp, sources);
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  process.stdout.write(`clients/${client}: ${Math.round(bytes / 1_024)} KB gzip in ${seconds} s\n`);
}

/** Of names and contents. */
function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Writes what the router serves to browsers that accept it. @returns bytes as gzip */
function compress(file) {
  if (!/\.(js|css|html|svg|json)$/.test(file)) return 0;
  const content = readFileSync(file);
  const gzip = gzipSync(content);
  writeFileSync(`${file}.gz`, gzip);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params }));
  return gzip.length;
}
