import { composeSupergraph } from './compose-supergraph.ts';
import { readOrEmpty, subgraphFile, supergraphFile } from './files.ts';
import { emitSubgraphs } from './subgraphs.ts';

// npm run schema:check: fails when the committed SDL is not what the code says, or when it does not compose.
const subgraphs = await emitSubgraphs();
const stale: string[] = [];
for (const { name, sdl } of subgraphs) {
  if ((await readOrEmpty(subgraphFile(name))) !== sdl) stale.push(`schema/subgraphs/${name}.graphql`);
}
if ((await readOrEmpty(supergraphFile)) !== composeSupergraph(subgraphs).supergraphSdl)
  stale.push('schema/supergraph.graphql');
if (stale.length > 0) {
  process.stderr.write(`stale, run npm run schema:compose:\n  ${stale.join('\n  ')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`schema files are up to date and compose (${subgraphs.length} subgraphs)\n`);
}
