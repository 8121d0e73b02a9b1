import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { awaitCondition } from '../processes/await-condition.ts';
import type { SupervisedProcess } from '../processes/supervised-process.ts';
import { repositoryRoot } from '../repository-root.ts';
import type { ServerName } from './debian-packages.ts';
import type { ServerPorts } from './server-ports.ts';
import type { ServerPasswords, ServersUnderWay } from './start-servers.ts';

const run = promisify(execFile);
const HEALTHY_WITHIN_S = 180;

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
  const healthy = options.own.length === 0 ? Promise.resolve() : startContainers(options);
  healthy.catch(() => undefined); // reported by whoever awaits ready()
  return {
    processes: [],
    ready: () => healthy,
    stop: ({ hard = false } = {}) => stopContainers(options, hard ? 0 : 4),
  };
}

async function startContainers(options: ContainerOptions): Promise<void> {
  if ((await composeCommand()).length > 1) {
    await compose(options, ['up', '--detach', '--wait', '--wait-timeout', String(HEALTHY_WITHIN_S), ...options.own]);
    return;
  }
  // Compose v1, as Debian 12 packages it, cannot wait.
  await compose(options, ['up', '--detach', ...options.own]);
  const containers = (await compose(options, ['ps', '--quiet', ...options.own])).trim().split('\n');
  const areHealthy = async () => {
    const { stdout } = await run('docker', ['inspect', '--format', '{{.State.Health.Status}}', ...containers]);
    return stdout
      .trim()
      .split('\n')
      .every((status) => status === 'healthy');
  };
  await awaitCondition('health of the containers', areHealthy, { withinMs: HEALTHY_WITHIN_S * 1000, everyMs: 500 });
}

/** Stops the containers, also those that a killed launcher left running; their volumes stay. */
export async function stopContainers(options: Pick<ContainerOptions, 'ports' | 'secrets'>, graceSeconds = 4) {
  await compose(options, ['stop', '--timeout', String(graceSeconds)]);
}

/** Removes containers and volumes: all data of the four servers. */
export async function removeContainers(options: Pick<ContainerOptions, 'ports' | 'secrets'>) {
  await compose(options, ['down', '--volumes', '--timeout', '4']);
}

async function compose(
  { ports, secrets }: Pick<ContainerOptions, 'ports' | 'secrets'>,
  args: string[],
): Promise<string> {
  const [program, ...subcommand] = await composeCommand();
  // The project is named after the port, so that two Brigades on one machine have containers of their own.
  const project = ['--project-name', `brigade-${ports.postgres}`, '--file', join(repositoryRoot, 'docker-compose.yml')];
  try {
    const { stdout } = await run(program, [...subcommand, ...project, ...args], {
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
    return stdout;
  } catch (error) {
    throw new DockerUnusable(`${program} ${[...subcommand, args[0]].join(' ')} failed:\n${wordsOf(error)}`);
  }
}

/** Docker's own plugin, or the older program of its own. */
async function composeCommand(): Promise<[string, ...string[]]> {
  const answers = (program: string, ...args: string[]) =>
    run(program, args).then(
      () => undefined,
      (error: unknown) => wordsOf(error),
    );
  const fault = await answers('docker', 'compose', 'version');
  if (fault === undefined) return ['docker', 'compose'];
  if ((await answers('docker-compose', 'version')) === undefined) return ['docker-compose'];
  throw new DockerUnusable(
    'BRIGADE_SERVERS=docker needs Docker with Compose; without that variable Brigade starts private servers. ' +
      `"docker compose version" says:\n${fault}`,
  );
}

/** What a program that failed has said. */
export function wordsOf(error: unknown): string {
  return (error as { stderr?: string }).stderr?.trim() || (error as Error).message;
}
