import { spawn } from 'node:child_process';
import { acquireLock, readHolder } from './lock.ts';
import { productEnvironment } from './environment.ts';
import { portsFrom } from './ports.ts';
import type { Plan } from './plan.ts';
import { hostCommand } from './product.ts';
import { terminalProgress } from './progress.ts';
import { repositoryRoot } from './repository-root.ts';
import { planRestaurant } from './restaurant.ts';
import { clearTheWay, prepareDataDir } from './run-system.ts';
import { loadSecrets } from './secrets.ts';
import { chooseServers } from './servers/server-set.ts';
import type { Settings } from './settings.ts';
import { serverPortsOf } from './ports.ts';
import { ownServers } from './servers/server-set.ts';
import { System } from './system.ts';

/**
 * Runs a command of one subgraph (`exec orders rebuild`) with the environment of the running system; when nothing
 * runs on this data, the servers are started for the time of the command.
 *
 * @returns the command's exit code
 */
export async function execInSubgraph(settings: Settings): Promise<number> {
  const [subgraph = '', ...command] = settings.rest;
  const holder = readHolder(settings.dataDir);
  if (holder !== undefined) return runHost(settings, holder.basePort, subgraph, command);

  prepareDataDir(settings.dataDir);
  // What a command says of itself needs neither servers nor a build.
  if (command.includes('--help')) return runHost(settings, settings.basePort, subgraph, command, true);
  const progress = terminalProgress(process.stderr);
  const lock = acquireLock(settings.dataDir, { basePort: settings.basePort, command: 'exec' });
  try {
    const plan = serversOnly(settings);
    await clearTheWay(plan, progress);
    const system = new System(plan.begin(), settings.dataDir, progress);
    try {
      await system.start();
      return await runHost(settings, settings.basePort, subgraph, command);
    } finally {
      await system.stop();
    }
  } finally {
    lock.release();
  }
}

function serversOnly(settings: Settings): Plan {
  const plan = planRestaurant(settings);
  return {
    ...plan,
    fresh: false,
    ports: serverPortsOf(ownServers(settings), portsFrom(settings.basePort).servers),
    begin: () => {
      const work = plan.begin();
      return { ...work, tasks: work.tasks.filter(({ task }) => task.name === 'build'), processes: [] };
    },
  };
}

function runHost(
  settings: Settings,
  basePort: number,
  subgraph: string,
  command: readonly string[],
  fromSource = false,
): Promise<number> {
  const ports = portsFrom(basePort);
  const secrets = loadSecrets(settings.dataDir);
  const { addresses } = chooseServers(settings, ports.servers, secrets);
  const env = productEnvironment(settings, ports, addresses, secrets.actor);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, hostCommand(command, fromSource), {
      cwd: repositoryRoot,
      env: { ...env, SUBGRAPHS: subgraph },
      stdio: 'inherit',
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
