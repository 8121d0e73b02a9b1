import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { environmentTable } from './environment-table.ts';
import { generatedParts, withPart } from './generated-parts.ts';

const root = resolve(import.meta.dirname, '../../..');

describe('what documents say of the environment', () => {
  test.each(generatedParts)('$file: $name is what the code says (npm run docs:generate)', (part) => {
    const document = readFileSync(join(root, part.file), 'utf8');
    expect(withPart(document, part)).toBe(document);
  });

  test('a table names default, need and description', () => {
    const schema = z.object({
      PORT: z.coerce.number().default(80).describe('Where it listens.'),
      SECRET: z.string().describe('A secret.'),
      LOG: z.string().optional().describe('A file | none.'),
    });
    expect(environmentTable(schema).split('\n').slice(2)).toEqual([
      '| `PORT`   | 80         | Where it listens. |',
      '| `SECRET` | (required) | A secret.         |',
      '| `LOG`    | none       | A file \\| none.   |',
    ]);
  });

  test('a variable without a description is named', () => {
    expect(() => environmentTable(z.object({ PORT: z.string() }))).toThrow('without a description: PORT');
  });
});
