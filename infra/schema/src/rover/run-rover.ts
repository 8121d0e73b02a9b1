import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { repositoryRoot } from '../project/folders.ts';
import { installPlugin } from './install-plugin.ts';

/** rover asks again and again for so long, seconds. */
const ANSWER_WITHIN_S = 10;

export interface RoverRun {
  /** As a person would type it. */
  readonly command: string;
  readonly code: number;
  /** What it printed, both streams. */
  readonly output: string;
  readonly stdout: string;
}

/** Apollo's rover, on behalf of one registry. */
export type Rover = (...args: readonly string[]) => Promise<RoverRun>;

export interface RoverOptions {
  /** Where it runs: paths in its arguments are from here. */
  readonly cwd: string;
  /** Of composition, e.g. `2.14.4`. */
  readonly federationVersion: string;
  /** The registry that it asks; GraphOS, with `APOLLO_KEY`, when there is none. */
  readonly registryUrl?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** There is no rover for this machine. */
export class NoRover extends Error {
  override readonly name = 'NoRover';
}

/**
 * Makes the real binary ready to run. It composes with our plugin, or with `ROVER_PLUGIN=apollo` with Apollo's, which
 * it downloads. `ROVER` names another binary.
 */
export async function prepareRover(options: RoverOptions): Promise<Rover> {
  const { cwd, federationVersion, registryUrl, env = process.env } = options;
  const apollo = env['ROVER_PLUGIN'] === 'apollo';
  const home = join(repositoryRoot, '.data', apollo ? 'rover-apollo' : 'rover');
  if (!apollo) await installPlugin(home, federationVersion);
  const environment: NodeJS.ProcessEnv = {
    ...env,
    APOLLO_HOME: home,
    APOLLO_ELV2_LICENSE: 'accept',
    APOLLO_TELEMETRY_DISABLED: '1',
    NO_COLOR: '1',
    ...(!apollo && { APOLLO_ROVER_SKIP_UPDATE: '1' }),
    ...(registryUrl && { APOLLO_REGISTRY_URL: registryUrl, APOLLO_KEY: 'service:local:not-a-secret' }),
  };
  delete environment['RUST_BACKTRACE']; // it would be printed among the output
  const binary = env['ROVER'] || roverBinary();
  return async (...args) => {
    const all = ['--client-timeout', String(ANSWER_WITHIN_S), ...args];
    const child = spawn(binary, all, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code ?? 1));
    });
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    const output = [stderr, stdout].map((part) => part.trimEnd()).filter(Boolean);
    return { command: `rover ${args.join(' ')}`, code, output: output.join('\n'), stdout };
  };
}

/** Of Apollo's npm package for this platform; the launcher in @apollo/rover would overrule our plugin. @throws NoRover */
function roverBinary(): string {
  const name = `@apollo/rover-${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/rover`);
  } catch (error) {
    throw new NoRover(
      `${name} is not installed: npm ci brings it for Linux on x64; elsewhere ROVER=path/to/rover names one (0.41)`,
      { cause: error },
    );
  }
}
