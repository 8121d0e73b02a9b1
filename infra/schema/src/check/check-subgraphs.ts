import type { ConfiguredSubgraph } from '../project/rover-config.ts';
import type { Rover, RoverRun } from '../rover/run-rover.ts';

/** rover runs beside others: more of them than cores make none faster. */
const AT_ONCE = 2;

/** Asks the registry about each subgraph alone, beside the published others; in the order of `subgraphs`. */
export async function checkSubgraphs(
  rover: Rover,
  graphRef: string,
  subgraphs: readonly ConfiguredSubgraph[],
): Promise<RoverRun[]> {
  const runs: RoverRun[] = [];
  const waiting = [...subgraphs.entries()];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { name, file }] = next;
      runs[index] = await rover('subgraph', 'check', graphRef, '--name', name, '--schema', file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return runs;
}
