import { composeSupergraph } from './compose-supergraph.ts';
import { readOrEmpty, subgraphFile, supergraphFile } from './files.ts';
import { invalidOperations } from './operations.ts';
import { emitSubgraphs } from './subgraphs.ts';

// npm run schema:check: fails when the committed SDL is not what the code says, or when it does not compose, or when
// an operation that clients are known to send is not valid any more.
const subgraphs = await emitSubgraphs();
const stale: string[] = [];
for (const { name, sdl } of subgraphs) {
  if ((await readOrEmpty(subgraphFile(name))) !== sdl) stale.push(`schema/subgraphs/${name}.graphql`);
}
if ((await readOrEmpty(supergraphFile)) !== composeSupergraph(subgraphs).supergraphSdl)
  stale.push('schema/supergraph.graphql');
const invalid = await invalidOperations(composeSupergraph(subgraphs).supergraphSdl);
if (invalid.length > 0) {
  process.stderr.write(`operations that the supergraph does not answer:\n  ${invalid.join('\n  ')}\n`);
  process.exitCode = 1;
}
if (stale.length > 0) {
  process.stderr.write(`stale, run npm run schema:compose:\n  ${stale.join('\n  ')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`schema files are up to date and compose (${subgraphs.length} subgraphs)\n`);
}
