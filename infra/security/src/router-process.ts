import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeArguments, PROGRAMS } from '../../local/src/product.ts';
import { compileCache } from '../../local/src/repository-root.ts';
import { WatchedProcess } from '../../local/src/processes/watched-process.ts';
import { probeHealth } from '../../local/src/servers/probe-health.ts';
import { failOnProcessEnd } from '../../e2e/src/fail-on-process-end.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A router of its own, as a process, on a free port. */
export class RouterProcess {
  private constructor(
    readonly url: string,
    private readonly router: WatchedProcess,
    private readonly folder: string,
  ) {}

  /**
   * Starts it and waits until it is ready.
   * @param settings the whole settings file
   * @throws Error with its log when it does not become ready
   */
  static async start(settings: object, env: Readonly<Record<string, string>>): Promise<RouterProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'attacked-'));
    const config = join(folder, 'router.yaml');
    writeFileSync(config, JSON.stringify(settings)); // JSON is YAML
    const logFile = join(folder, 'router.log');
    const router = new WatchedProcess(
      {
        name: 'router',
        command: process.execPath,
        args: nodeArguments({ ...PROGRAMS.router, command: ['--config', config, '--port', '0'] }, false),
        env: { ...env, NODE_COMPILE_CACHE: compileCache },
        cwd: root,
        logFile,
      },
      failOnProcessEnd,
    );
    let origin = '';
    const isReady = async () => {
      const port = /"port":(\d+)[^\n]*"listening"/.exec(readFileSync(logFile, 'utf8'))?.[1];
      origin = `http://127.0.0.1:${port}`;
      return (
        port !== undefined &&
        (await probeHealth(origin, { service: 'router', instance: router.instance })) !== undefined
      );
    };
    try {
      await router.until('it is ready', isReady, 60_000);
    } catch (error) {
      await router.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
    return new RouterProcess(`${origin}/graphql`, router, folder);
  }

  get pid(): number {
    return this.router.pid;
  }

  async stop(): Promise<void> {
    await this.router.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
