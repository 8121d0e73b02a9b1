import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptions } from '../options.ts';
import { runCommand } from '../run-command.ts';
import { emitSubgraphs } from '../subgraphs.ts';

// npm run schema:emit: writes the SDL of each subgraph to schema/subgraphs/.
await runCommand(async () => {
  const { project } = readOptions();
  for (const [name, sdl] of await emitSubgraphs()) {
    await writeFile(join(project.root, `schema/subgraphs/${name}.graphql`), sdl);
  }
  return true;
});
