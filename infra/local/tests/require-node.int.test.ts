import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { repositoryRoot } from '../src/repository-root.ts';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const check = join(repositoryRoot, 'infra/local/require-node.cjs');

describe('a Node that is too old', () => {
  test('is told so by every command, before anything that it cannot run', () => {
    const unchecked = Object.entries(scripts).filter(
      ([name, script]) =>
        name !== 'format' && !/^(\w+=\S+ )?npm (run|test) /.test(script) && !script.includes('require-node.cjs && '),
    );
    expect(unchecked).toEqual([]);
  });

  test('is refused with what is needed', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '-e',
        `Object.defineProperty(process.versions, 'node', { value: '20.20.2' }); require(${JSON.stringify(check)})`,
      ],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([1, expect.stringContaining('needs Node 24 or newer; this is Node 20.20.2')]);
  });

  const isOld = (node: string) =>
    existsSync(node) && parseInt(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10) < 24;
  test('npm start on each older one that this machine has: one message, exit code 1', () => {
    for (const node of ['/usr/local/bin/node', '/usr/bin/node'].filter(isOld)) {
      const bin = mkdtempSync(join(tmpdir(), 'brigade-old-node-'));
      symlinkSync(node, join(bin, 'node'));
      const { status, stderr } = spawnSync('sh', ['-c', scripts.start ?? ''], {
        cwd: repositoryRoot,
        env: { PATH: `${bin}:/usr/bin:/bin` },
        encoding: 'utf8',
      });
      rmSync(bin, { recursive: true });
      expect([status, stderr]).toEqual([1, expect.stringMatching(/^Brigade needs Node 24/)]);
    }
  });
});
