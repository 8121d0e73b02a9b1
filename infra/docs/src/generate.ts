import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generatedParts, withPart } from './generated-parts.ts';

/** `npm run docs:generate`: writes the parts of documents that come from code. */
const root = resolve(import.meta.dirname, '../../..');
for (const part of generatedParts) {
  const file = join(root, part.file);
  const before = readFileSync(file, 'utf8');
  const after = withPart(before, part);
  if (after === before) continue;
  writeFileSync(file, after);
  console.log(`${part.file}: ${part.name}`);
}
