import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { repositoryRoot } from '../src/project/folders.ts';

interface Workflow {
  jobs: Record<string, { steps: { run?: string }[] }>;
}

test('the workflow runs npm scripts that there are', async () => {
  const workflow = parse(await readFile(join(repositoryRoot, '.github/workflows/schema.yml'), 'utf8')) as Workflow;
  const { scripts } = JSON.parse(await readFile(join(repositoryRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const commands = Object.values(workflow.jobs)
    .flatMap(({ steps }) => steps.map(({ run = '' }) => run))
    .join('\n');
  const named = [...commands.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name ?? '');
  expect(new Set(named)).toEqual(
    new Set(['schema:compose', 'schema:check', 'schema:lint', 'schema:diff', 'messages:check', 'schema:publish']),
  );
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});
