import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { operations } from './operations.ts';

const folder = join(import.meta.dirname, '../../../../schema/operations');

test('what virtual guests send is recorded, so that a safelist admits it', () => {
  const recorded = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8').trim());
  for (const text of Object.values(operations)) expect(recorded).toContain(text);
});
