import { readFile } from 'node:fs/promises';
import { VERSION } from '@brigade/schema-registry';
import type { Project } from '../project/folders.ts';
import type { RoverConfig } from '../project/rover-config.ts';
import type { Rover } from '../rover/run-rover.ts';
import { emitSubgraphs } from '../subgraphs.ts';
import type { Row } from '../table.ts';

/** Whether the SDL files say what the running code says, and rover.yaml names all of them. */
export async function checkEmitted({ subgraphs }: RoverConfig): Promise<Row[]> {
  const emitted = await emitSubgraphs();
  const written = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  const names = [...new Set([...emitted.keys(), ...written.keys()])].toSorted();
  const rows = names.flatMap((name): Row[] => {
    const [sdl, file] = [emitted.get(name), written.get(name)];
    const what = `SDL of ${name}`;
    if (sdl === undefined) return [{ what, mark: 'FAIL', says: 'rover.yaml names it, and there is no such subgraph' }];
    if (!file) return [{ what, mark: 'FAIL', says: 'rover.yaml does not name it' }];
    if (file.sdl === sdl) return [];
    return [{ what, mark: 'FAIL', says: `${file.file} is stale: run npm run schema:compose` }];
  });
  return rows.length > 0 ? rows : [{ what: 'SDL files', mark: 'pass', says: `what the code says (${emitted.size})` }];
}

export function checkVersion({ federationVersion }: RoverConfig): Row {
  const what = 'federation version';
  if (federationVersion === VERSION) return { what, mark: 'pass', says: VERSION };
  return { what, mark: 'FAIL', says: `rover.yaml has ${federationVersion}, @apollo/composition is ${VERSION}` };
}

/** Composes with rover, and compares with the file. */
export async function checkSupergraph(project: Project, rover: Rover): Promise<{ rows: Row[]; output: string }> {
  const run = await rover('supergraph', 'compose', '--config', 'rover.yaml');
  const what = 'all together compose';
  if (run.code !== 0) return { rows: [{ what, mark: 'FAIL', says: 'see above' }], output: transcript(run) };
  const rows: Row[] = [{ what, mark: 'pass', says: '' }];
  const file = await readFile(project.supergraph, 'utf8').catch(() => '');
  if (file.trimEnd() !== run.stdout.trimEnd()) {
    rows.push({ what: 'supergraph.graphql', mark: 'FAIL', says: 'is stale: run npm run schema:compose' });
  } else rows.push({ what: 'supergraph.graphql', mark: 'pass', says: 'what rover composes' });
  return { rows, output: '' };
}

/** A command of rover with all that it printed. */
export const transcript = ({ command, output, code }: { command: string; output: string; code: number }): string =>
  `$ ${command}\n${output}\n(exit code ${code})\n`;
