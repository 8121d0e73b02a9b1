import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedOperation } from '@brigade/schema-registry';
import { parse } from 'graphql';
import type { Project } from '../project/folders.ts';
import { BadOperations, graphqlFiles, printOperation, readOperations } from '../project/operations.ts';
import type { Rover } from '../rover/run-rover.ts';
import type { Row } from '../table.ts';

/** Whether every operation of the clients is recorded as they send it. */
export async function checkRecorded(project: Project, rover: Rover): Promise<Row[]> {
  const sent = await extractOperations(project, rover);
  const recorded = new Map((await readOperations(project.operations)).map(({ name, body }) => [name, body]));
  const stale = sent.filter(({ name, body }) => recorded.get(name) !== body).map(({ name }) => name);
  const what = 'recorded operations';
  if (stale.length > 0) {
    const says = `clients send others: ${stale.join(', ')}; run npm run schema:operations`;
    return [{ what, mark: 'FAIL', says }];
  }
  return [{ what, mark: 'pass', says: `${recorded.size}, of which clients/ sends ${sent.length}` }];
}

/** The operations of clients/: those in TypeScript as rover extracts them, and those in `.graphql` files. */
export async function extractOperations({ clients }: Project, rover: Rover): Promise<RecordedOperation[]> {
  if (!existsSync(clients)) return [];
  const folder = await mkdtemp(join(tmpdir(), 'schema-extract-'));
  try {
    const run = await rover('client', 'extract', '--root-dir', clients, '--language', 'ts', '--out-dir', folder);
    if (run.code !== 0) throw new BadOperations(run.output);
    const found = await Promise.all([folder, clients].map(async (place) => readIfAny(place)));
    return found.flat().map(({ name, body }) => ({ name, body: printOperation(parse(body)) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const readIfAny = async (folder: string): Promise<RecordedOperation[]> =>
  (await graphqlFiles(folder)).length > 0 ? readOperations(folder) : [];
