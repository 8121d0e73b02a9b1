import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { baseEnvironment } from './processes/process-spec.ts';
import { productEnvironment } from './environment.ts';
import type { Plan, PlannedTask } from './plan.ts';
import { portsFrom, productPortsOf, serverPortsOf } from './ports.ts';
import { hostCommand, productProcesses } from './product.ts';
import { repositoryRoot } from './repository-root.ts';
import { loadSecrets } from './secrets.ts';
import { removeContainers, stopContainers } from './servers/docker.ts';
import { assertReachable, chooseServers, ownServers } from './servers/server-set.ts';
import type { Settings } from './settings.ts';
import { summarise } from './summary.ts';

/** Everything that `npm start` and `npm run dev` start. */
export function planRestaurant(settings: Settings): Plan {
  const { dataDir, basePort } = settings;
  const ports = portsFrom(basePort);
  const watch = settings.command === 'dev';
  return {
    dataDir,
    basePort,
    command: settings.command,
    fresh: settings.fresh,
    ports: { ...productPortsOf(ports), ...serverPortsOf(ownServers(settings), ports.servers) },
    prepare: async () => {
      await assertReachable(settings);
      if (settings.servers === 'docker') await clearContainers(settings);
    },
    begin: () => {
      for (const folder of ['keys', 'payment-provider'])
        mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 });
      const secrets = loadSecrets(dataDir);
      const servers = chooseServers(settings, ports.servers, secrets);
      const env = productEnvironment(settings, ports, servers.addresses, secrets.actor);
      return {
        servers,
        tasks: [...(watch ? [] : [buildTask()]), ...clientsTask(), ...storeTasks(env, watch, settings.seed)],
        processes: productProcesses(ports, env, watch),
        summary: (took) => summarise(settings, ports, servers.addresses, took),
      };
    },
  };
}

/** Compiles what is stale; without changes it only looks. */
export function buildTask(): PlannedTask {
  return {
    title: 'build of what is stale',
    needs: [],
    task: {
      name: 'build',
      command: process.execPath,
      args: [join(repositoryRoot, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.build.json'],
      env: baseEnvironment(),
      cwd: repositoryRoot,
    },
  };
}

/** Builds the clients that have changed; the router says so as long as they are not there. */
function clientsTask(): PlannedTask[] {
  const script = join(repositoryRoot, 'clients/build.mjs');
  if (!existsSync(script)) return [];
  const task = {
    name: 'clients',
    command: process.execPath,
    args: [script],
    env: baseEnvironment(),
    cwd: repositoryRoot,
  };
  return [{ title: 'clients', needs: [], task }];
}

function storeTasks(env: Record<string, string>, watch: boolean, seed: boolean): PlannedTask[] {
  const task = (name: string) => ({
    name,
    command: process.execPath,
    args: hostCommand([name], watch),
    env,
    cwd: repositoryRoot,
  });
  const migrate = { title: 'migrations', needs: ['build', 'postgres', 'mongo'], task: task('migrate') };
  return seed
    ? [migrate, { title: 'menu, stock and demo accounts', needs: ['migrate', 'redis'], task: task('seed') }]
    : [migrate];
}

/** Stops those that a killed launcher left; `--fresh` empties them. */
async function clearContainers(settings: Settings): Promise<void> {
  const containers = { ports: portsFrom(settings.basePort).servers, secrets: loadSecrets(settings.dataDir) };
  await (settings.fresh ? removeContainers(containers) : stopContainers(containers));
}
