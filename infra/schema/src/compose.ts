import { writeFile } from 'node:fs/promises';
import { composeSupergraph } from './compose-supergraph.ts';
import { subgraphFile, supergraphFile } from './files.ts';
import { emitSubgraphs } from './subgraphs.ts';

// npm run schema:compose: writes schema/subgraphs/*.graphql and schema/supergraph.graphql.
const subgraphs = await emitSubgraphs();
const { supergraphSdl, hints } = composeSupergraph(subgraphs);
for (const { name, sdl } of subgraphs) await writeFile(subgraphFile(name), sdl);
await writeFile(supergraphFile, supergraphSdl);
for (const hint of hints) process.stdout.write(`hint: ${hint}\n`);
process.stdout.write(`composed ${subgraphs.length} subgraphs into schema/supergraph.graphql\n`);
