import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { acquireLock } from './lock.ts';
import { portsFrom } from './ports.ts';
import { stopOrphans } from './processes/pids-file.ts';
import { repositoryRoot } from './repository-root.ts';
import { loadSecrets } from './secrets.ts';
import { removeContainers } from './servers/docker.ts';
import type { Settings } from './settings.ts';

/** Deletes builds and data, after a confirmation unless `--yes`; refuses while a launcher runs on the data. */
export async function clean(settings: Settings): Promise<number> {
  const { dataDir } = settings;
  const builds = globSync(['**/dist', '**/*.tsbuildinfo'], {
    cwd: repositoryRoot,
    exclude: (name) => name === 'node_modules' || name === '.git' || name === '.data',
  }).map((name) => join(repositoryRoot, name));
  const hasData = existsSync(dataDir);
  if (hasData) {
    const lock = acquireLock(dataDir, { basePort: settings.basePort, command: 'clean' });
    lock.release();
  }
  console.log(`To delete: ${builds.length} build folders and files${hasData ? `, and all data in ${dataDir}` : ''}`);
  if (!settings.yes && !(await confirm())) {
    console.log('Nothing was deleted.');
    return 1;
  }
  if (hasData) {
    await stopOrphans(join(dataDir, 'pids.json'));
    if (settings.servers === 'docker') {
      await removeContainers({ ports: portsFrom(settings.basePort).servers, secrets: loadSecrets(dataDir) });
    }
  }
  for (const path of [...builds, dataDir]) rmSync(path, { recursive: true, force: true });
  console.log('Deleted.');
  return 0;
}

async function confirm(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('This is no terminal: say --yes to confirm.');
    return false;
  }
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await lines.question('Delete? [y/N] ');
  lines.close();
  return /^y(es)?$/i.test(answer.trim());
}
