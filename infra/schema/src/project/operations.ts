import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordedOperation } from '@brigade/schema-registry';
import { Kind, parse, print, separateOperations } from 'graphql';
import type { DefinitionNode, DocumentNode, FragmentDefinitionNode } from 'graphql';

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
  const { whole, conflicts } = joinDocuments(documents.flat());
  for (const name of conflicts) faults.push(`two different fragments are called ${name}`);
  const names = whole.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node.name?.value] : [],
  );
  if (names.includes(undefined)) faults.push('an operation has no name');
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) {
    faults.push(`two operations are called ${name}`);
  }
  if (faults.length > 0) throw new BadOperations(faults.join('\n'));
  return Object.entries(separateOperations(whole)).map(([name, document]) => ({
    name,
    body: printOperation(document),
  }));
}

/** As it is recorded: the operation, then its fragments by name, whatever the order in which they were written. */
export function printOperation({ definitions }: DocumentNode): string {
  const [fragments, operations] = [definitions.filter(isFragment), definitions.filter((node) => !isFragment(node))];
  const sorted = fragments.toSorted((a, b) => a.name.value.localeCompare(b.name.value, 'en'));
  return print({ kind: Kind.DOCUMENT, definitions: [...operations, ...sorted] });
}

const isFragment = (node: DefinitionNode): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;

/** One document of all: a fragment that several files have, as recorded operations do, is in it once. */
function joinDocuments(documents: readonly DocumentNode[]): { whole: DocumentNode; conflicts: string[] } {
  const all = documents.flatMap(({ definitions }) => definitions);
  const texts = new Map<string, string>();
  const conflicts = new Set<string>();
  const definitions = all.filter((node) => {
    if (!isFragment(node)) return true;
    const name = node.name.value;
    const known = texts.get(name);
    const text = print(node);
    if (known !== undefined && known !== text) conflicts.add(name);
    texts.set(name, known ?? text);
    return known === undefined;
  });
  return { whole: { kind: Kind.DOCUMENT, definitions }, conflicts: [...conflicts] };
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
