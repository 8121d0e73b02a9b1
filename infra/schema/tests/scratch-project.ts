import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../src/project/folders.ts';

const run = promisify(execFile);

export interface CommandResult {
  readonly code: number;
  readonly output: string;
}

/** A copy of this repository's schema, published on its `main`, to change at will. */
export class ScratchProject {
  private constructor(readonly root: string) {}

  static async create(): Promise<ScratchProject> {
    const project = new ScratchProject(await mkdtemp(join(tmpdir(), 'scratch-schema-')));
    for (const part of ['rover.yaml', 'schema/subgraphs', 'schema/operations', 'schema/supergraph.graphql']) {
      await cp(join(repositoryRoot, part), join(project.root, part), { recursive: true });
    }
    await project.command('publish', ['--why', 'A beginning.']);
    await cp(
      join(repositoryRoot, 'schema/registry/published/messages'),
      project.path('schema/registry/published/messages'),
      {
        recursive: true,
      },
    );
    await project.#git('init', '--quiet', '--initial-branch', 'main');
    await project.#git('add', '.');
    await project.#git('commit', '--quiet', '--message', 'Begin');
    return project;
  }

  path(file: string): string {
    return join(this.root, file);
  }

  /** Replaces a text that must be there. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const text = await readFile(this.path(file), 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
    await writeFile(this.path(file), text.replace(from, to));
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(this.path(file), text);
  }

  /** Puts every file back as `main` has it. */
  async reset(): Promise<void> {
    await this.#git('reset', '--quiet', '--hard', 'main');
    await this.#git('clean', '--quiet', '-d', '--force');
  }

  /** Runs one of the tools' commands here, as `npm run` does. `emit`: with the SDL of the running code. */
  async command(
    name: string,
    args: readonly string[] = [],
    { env = {}, emit = false }: { env?: NodeJS.ProcessEnv; emit?: boolean } = {},
  ): Promise<CommandResult> {
    const program = join(repositoryRoot, `infra/schema/dist/commands/${name}.js`);
    const all = [program, '--root', this.root, ...(emit ? [] : ['--files']), ...args];
    const { APOLLO_KEY: _none, ...inherited } = process.env;
    const cache = join(repositoryRoot, '.data/compile-cache');
    const environment = { ...inherited, NODE_COMPILE_CACHE: cache, APOLLO_VCS_AUTHOR: 'A tester', ...env };
    try {
      const { stdout, stderr } = await run(process.execPath, all, { env: environment });
      return { code: 0, output: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, output: stdout + stderr };
    }
  }

  async delete(): Promise<void> {
    await rm(this.root, { recursive: true });
  }

  async #git(...args: string[]): Promise<void> {
    const identity = ['-c', 'user.name=A tester', '-c', 'user.email=tester@example.org', '-c', 'commit.gpgsign=false'];
    await run('git', ['-C', this.root, ...identity, ...args]);
  }
}
