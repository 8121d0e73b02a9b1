import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SupervisedProcess } from '../processes/supervised-process.ts';
import { repositoryRoot } from '../repository-root.ts';
import type { ServerName } from './debian-packages.ts';
import type { ServerPorts } from './server-ports.ts';
import type { ServerPasswords, ServersUnderWay } from './start-servers.ts';

const run = promisify(execFile);

interface ContainerOptions {
  readonly own: readonly ServerName[];
  readonly ports: ServerPorts;
  readonly secrets: ServerPasswords;
}

export class DockerUnusable extends Error {
  override readonly name = 'DockerUnusable';
}

/**
 * Starts the servers of docker-compose.yml and resolves when their health checks pass.
 *
 * @throws {DockerUnusable} with Docker's own words
 */
export async function beginContainers(
  options: ContainerOptions,
): Promise<ServersUnderWay & { readonly processes: readonly SupervisedProcess[] }> {
  const healthy =
    options.own.length === 0
      ? Promise.resolve()
      : compose(options, ['up', '--detach', '--wait', '--wait-timeout', '180', ...options.own]);
  healthy.catch(() => undefined); // reported by whoever awaits ready()
  return {
    processes: [],
    ready: () => healthy,
    stop: ({ hard = false } = {}) => stopContainers(options, hard ? 0 : 4),
  };
}

/** Stops the containers, also those that a killed launcher left running; their volumes stay. */
export async function stopContainers(options: Pick<ContainerOptions, 'ports' | 'secrets'>, graceSeconds = 4) {
  await compose(options, ['stop', '--timeout', String(graceSeconds)]);
}

/** Removes containers and volumes: all data of the four servers. */
export async function removeContainers(options: Pick<ContainerOptions, 'ports' | 'secrets'>) {
  await compose(options, ['down', '--volumes', '--timeout', '4']);
}

async function compose({ ports, secrets }: Pick<ContainerOptions, 'ports' | 'secrets'>, args: string[]) {
  // The project is named after the port, so that two Brigades on one machine have containers of their own.
  const project = `brigade-${ports.postgres}`;
  const file = join(repositoryRoot, 'docker-compose.yml');
  try {
    await run('docker', ['compose', '--project-name', project, '--file', file, ...args], {
      env: {
        ...process.env,
        BRIGADE_POSTGRES_PASSWORD: secrets.postgres,
        BRIGADE_REDIS_PASSWORD: secrets.redis,
        BRIGADE_AMQP_PASSWORD: secrets.amqp,
        BRIGADE_MONGO_PASSWORD: secrets.mongo,
        BRIGADE_POSTGRES_PORT: String(ports.postgres),
        BRIGADE_REDIS_PORT: String(ports.redis),
        BRIGADE_AMQP_PORT: String(ports.amqp),
        BRIGADE_AMQP_MANAGEMENT_PORT: String(ports.amqpManagement),
        BRIGADE_AMQP_PROMETHEUS_PORT: String(ports.amqpPrometheus),
        BRIGADE_MONGO_PORT: String(ports.mongo),
      },
    });
  } catch (error) {
    const words = (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
    throw new DockerUnusable(
      `docker compose ${args[0]} failed (Docker with Compose v2.17 or newer is needed; without, leave ` +
        `BRIGADE_SERVERS away and Brigade starts private servers):\n${words}`,
    );
  }
}
