import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { nodeArguments, PROGRAMS } from '../../local/src/product.ts';
import { compileCache } from '../../local/src/repository-root.ts';
import { spawnGuarded } from '../../local/src/processes/spawn-guarded.ts';
import { exchange } from './http.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A router of its own, as a process, on a free port. */
export class RouterProcess {
  private constructor(
    readonly url: string,
    readonly pid: number,
    private readonly exited: Promise<unknown>,
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
    const log = join(folder, 'router.log');
    const file = openSync(log, 'a');
    const child = spawnGuarded(
      {
        command: process.execPath,
        args: nodeArguments({ ...PROGRAMS.router, command: ['--config', config, '--port', '0'] }, false),
        env: { ...env, NODE_COMPILE_CACHE: compileCache },
        cwd: root,
      },
      file,
    );
    closeSync(file);
    let ended = false;
    const exited = new Promise((done) => child.once('exit', done)).then(() => (ended = true));
    const deadline = Date.now() + 60_000;
    while (!ended && Date.now() < deadline) {
      const port = /"port":(\d+)[^\n]*"listening"/.exec(readFileSync(log, 'utf8'))?.[1];
      const origin = `http://127.0.0.1:${port}`;
      if (port && (await exchange(`${origin}/health/ready`).catch(() => undefined))?.status === 200) {
        return new RouterProcess(`${origin}/graphql`, child.pid ?? 0, exited, folder);
      }
      await new Promise((again) => setTimeout(again, 50));
    }
    const said = readFileSync(log, 'utf8').slice(-4_000);
    if (!ended) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`the router does not become ready:\n${said}`);
  }

  async stop(): Promise<void> {
    process.kill(this.pid, 'SIGTERM');
    await this.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
