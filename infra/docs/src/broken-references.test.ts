import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { brokenCitations, brokenReferences, type Tree } from './broken-references.ts';

const root = resolve(import.meta.dirname, '../../..');
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root });
const repository: Tree = {
  files: new Set(listed.toString().trim().split('\n')),
  read: (file) => readFileSync(join(root, file), 'utf8'),
};
const filesThat = (matches: RegExp) => [...repository.files].filter((file) => matches.test(file));

describe('what the repository says of itself', () => {
  test('links and paths in documents lead somewhere', () => {
    const broken = filesThat(/\.md$/).map((file) => [file, brokenReferences(file, repository)] as const);
    expect(broken.filter(([, found]) => found.length > 0)).toEqual([]);
  });

  test('files that comments name are there', () => {
    const sources = filesThat(/^(subgraphs|router|kitchen-device|clients|schema|infra|loadtest)\/.*\.(tsx?|mjs)$/);
    const broken = sources.map((file) => [file, brokenCitations(file, repository)] as const);
    expect(broken.filter(([, found]) => found.length > 0)).toEqual([]);
  });
});

describe('a reference', () => {
  const texts: Record<string, string> = {
    'README.md': '# Top\n\n## What it is\n',
    'a/README.md': '[up](../README.md#what-it-is) [no](../README.md#gone) [away](../b/c.md) [web](https://x.test/y)\n',
    // In pieces, or it would be a comment of this file.
    'a/src/one.ts': ['/', '** See two.test.ts and one.ts. */\n'].join(''),
    'a/NOTES.md': 'In `src/one.ts`, `one.ts`, `src/two.ts`, `src/`, `lib/` and `npm run x`.\n```\n`three.ts`\n```\n',
  };
  const tree: Tree = { files: new Set(Object.keys(texts)), read: (file) => texts[file] ?? '' };

  test('to a heading or a file that is not there is found', () => {
    expect(brokenReferences('a/README.md', tree)).toEqual([
      '../README.md#gone: no such heading',
      '../b/c.md leads nowhere',
    ]);
  });

  test('to a path in code that is not there is found, outside code blocks', () => {
    expect(brokenReferences('a/NOTES.md', tree)).toEqual(['`src/two.ts` is not there', '`lib/` is not there']);
  });

  test('in a comment to a file that is not there is found', () => {
    expect(brokenCitations('a/src/one.ts', tree)).toEqual(['two.test.ts']);
  });
});
