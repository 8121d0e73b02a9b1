import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedOperation } from '@brigade/schema-registry';
import { Kind, parse, print, separateOperations, type DocumentNode } from 'graphql';

/** A file of operations that can't be used; the message names each. */
export class BadOperations extends Error {
  override readonly name = 'BadOperations';
}

/** The operations of the `.graphql` files in a folder and below, each with its fragments. @throws BadOperations */
export async function readOperations(folder: string): Promise<RecordedOperation[]> {
  const files = await graphqlFiles(folder);
  const faults: string[] = [];
  const documents = await Promise.all(
    files.map(async (file): Promise<DocumentNode[]> => {
      try {
        return [parse(await readFile(join(folder, file), 'utf8'))];
      } catch (error) {
        faults.push(`${file}: ${(error as Error).message}`);
        return [];
      }
    }),
  );
  const whole: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: documents.flat().flatMap(({ definitions }) => definitions),
  };
  const names = whole.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
  );
  if (names.includes(undefined)) faults.push('an operation has no name');
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) {
    faults.push(`two operations are called ${name}`);
  }
  if (faults.length > 0) throw new BadOperations(faults.join('\n'));
  return Object.entries(separateOperations(whole)).map(([name, document]) => ({ name, body: print(document) }));
}

/** Paths from the folder, sorted; none when there is no folder. */
export async function graphqlFiles(folder: string): Promise<string[]> {
  try {
    const all = await readdir(folder, { recursive: true });
    return all.filter((file) => file.endsWith('.graphql') && !file.includes('node_modules')).toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
