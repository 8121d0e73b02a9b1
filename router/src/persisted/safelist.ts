import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLError, Kind, parse, stripIgnoredCharacters } from 'graphql';
import { z } from 'zod';

/** Apollo's format of persisted query manifests. */
const manifestSchema = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** The operations that clients are known to send. Differences in white space and comments do not count. */
export class Safelist {
  readonly #texts: ReadonlySet<string>;
  readonly #byId: ReadonlyMap<string, string>;
  readonly operationNames: ReadonlySet<string>;

  constructor(operations: readonly { readonly id: string; readonly text: string }[]) {
    this.#texts = new Set(operations.map(({ text }) => stripIgnoredCharacters(text)));
    this.#byId = new Map(operations.map(({ id, text }) => [id, text]));
    this.operationNames = new Set(operations.flatMap(({ text }) => namesIn(text)));
  }

  /** @param source of a document that can be parsed */
  admits(source: string): boolean {
    return this.#texts.has(stripIgnoredCharacters(source));
  }

  /** The text of the operation with this id: what its manifest says, or the SHA-256 of its text. */
  byId(id: string): string | undefined {
    return this.#byId.get(id);
  }
}

const namesIn = (text: string): string[] =>
  parse(text).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
  );

/**
 * Reads every `*.graphql` (one document each) and every `*.json` (a manifest) of a folder.
 * @throws Error that names every file which is none
 */
export function readSafelist(folder: string): Safelist {
  const faults: string[] = [];
  const operations = readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      try {
        return readOperations(join(folder, name));
      } catch (error) {
        faults.push(`${name}: ${(error as Error).message}`);
        return [];
      }
    });
  if (faults.length > 0) throw new Error(`The safelist can't be read:\n${faults.join('\n')}`);
  return new Safelist(operations);
}

function readOperations(file: string): { id: string; text: string }[] {
  if (file.endsWith('.json')) {
    const { operations } = manifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return operations.map(({ id, body }) => ({ id, text: valid(body) }));
  }
  if (!file.endsWith('.graphql')) return [];
  const text = valid(readFileSync(file, 'utf8'));
  return [{ id: createHash('sha256').update(text).digest('hex'), text }];
}

/** @throws GraphQLError */
function valid(text: string): string {
  if (parse(text).definitions.length === 0) throw new GraphQLError('there is no operation in it');
  return text;
}
