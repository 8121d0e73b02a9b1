import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const schemaFolder = resolve(import.meta.dirname, '../../../schema');
/** What clients are known to send. */
export const operationsFolder = join(schemaFolder, 'operations');
export const supergraphFile = join(schemaFolder, 'supergraph.graphql');
export const subgraphFile = (name: string): string => join(schemaFolder, 'subgraphs', `${name}.graphql`);

/** The file's text, or '' where there is none. */
export async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return '';
    throw error;
  }
}
