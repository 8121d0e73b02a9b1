import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Puts a program where rover looks for its composition plugin, and where it would else download Apollo's. It must be a
 * regular file: a few lines that start ours.
 * @param home rover's folder (`APOLLO_HOME`)
 * @param version of composition, e.g. `2.14.4`
 */
export async function installPlugin(home: string, version: string): Promise<void> {
  const folder = join(home, '.rover/bin');
  const file = join(folder, `supergraph-v${version}`);
  const program = join(import.meta.dirname, 'composition-plugin.js').replace('/src/', '/dist/');
  await mkdir(folder, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(file, 0o755);
}
