import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { tableAsMarkdown } from './table-as-markdown.ts';

test('the README shows the table that the end-to-end tests hold', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../../../README.md'), 'utf8');
  const unpadded = readme.replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
  expect(unpadded).toContain(tableAsMarkdown());
});
