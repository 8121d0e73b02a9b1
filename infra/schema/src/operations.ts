import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { parse, validate } from 'graphql';
import { operationsFolder } from './files.ts';

/** @returns what is wrong with the operations that clients are known to send, by file; nothing if all are valid */
export async function invalidOperations(supergraphSdl: string): Promise<string[]> {
  const schema = Supergraph.build(supergraphSdl, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
  const files = (await readdir(operationsFolder)).filter((name) => name.endsWith('.graphql')).toSorted();
  const faults = await Promise.all(
    files.map(async (name) => {
      try {
        const document = parse(await readFile(join(operationsFolder, name), 'utf8'));
        return validate(schema, document).map(({ message }) => `${name}: ${message}`);
      } catch (error) {
        return [`${name}: ${(error as Error).message}`];
      }
    }),
  );
  return faults.flat();
}
