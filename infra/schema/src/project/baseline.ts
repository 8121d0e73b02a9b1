import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PUBLISHED, type Project } from './folders.ts';

const run = promisify(execFile);

/** What is published where a change goes to. */
export interface Baseline extends AsyncDisposable {
  /** A folder with the registry's files; empty when nothing was published there. */
  readonly published: string;
  /** For people, e.g. `origin/main (3f2a1bc)`. */
  readonly name: string;
}

/** A base that was asked for and that git does not know. */
export class UnknownBase extends Error {
  override readonly name = 'UnknownBase';
}

/**
 * The registry's files where this branch left its base, so that what a branch publishes itself does not count:
 * `base`, or the first that there is of origin/main, main and HEAD. Without git, the files as they are.
 * @throws UnknownBase
 */
export async function openBaseline({ root, published }: Project, base: string | undefined): Promise<Baseline> {
  const git = async (...args: string[]) => (await run('git', ['-C', root, ...args])).stdout.trim();
  const known = async (ref: string) =>
    git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).catch(() => undefined);
  if (base !== undefined && !(await known(base))) throw new UnknownBase(`git does not know the base ${base}`);
  for (const ref of base === undefined ? ['origin/main', 'main', 'HEAD'] : [base]) {
    const tip = await known(ref);
    if (!tip) continue;
    const commit = await git('merge-base', 'HEAD', tip).catch(() => tip); // a shallow clone has no common ancestor
    const folder = await mkdtemp(join(tmpdir(), 'schema-baseline-'));
    await checkOut(root, commit, folder);
    return {
      published: join(folder, PUBLISHED),
      name: `${ref} (${commit.slice(0, 7)})`,
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
    };
  }
  return { published, name: 'the files as they are', [Symbol.asyncDispose]: async () => {} };
}

async function checkOut(root: string, commit: string, folder: string): Promise<void> {
  const { stdout: found } = await run('git', ['-C', root, 'ls-tree', commit, `${PUBLISHED}/`]);
  if (found === '') return;
  const archive = join(folder, 'published.tar');
  // Of the folder `root`, which need not be the top of its repository.
  await run('git', ['-C', root, 'archive', '--output', archive, commit, PUBLISHED]);
  await run('tar', ['-xf', archive, '-C', folder]);
}
