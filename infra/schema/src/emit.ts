import { writeFile } from 'node:fs/promises';
import { subgraphFile } from './files.ts';
import { emitSubgraphs } from './subgraphs.ts';

// npm run schema:emit: writes the SDL of each subgraph to schema/subgraphs/.
for (const { name, sdl } of await emitSubgraphs()) await writeFile(subgraphFile(name), sdl);
