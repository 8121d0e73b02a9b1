import { Kind, parse, print } from 'graphql';
import { printSubgraph } from './print-subgraph.ts';
import type { SmallCase } from './shrink.ts';

/** All that is needed to see a fault: subgraphs, operation, variables and both answers. */
export function describeCase({ model, operation, difference }: SmallCase): string {
  const { what, expected, found, violations } = difference;
  return [
    what,
    ...model.subgraphs.map((subgraph) => `# ${subgraph.name}\n${withoutUnusedLeaves(printSubgraph(subgraph))}`),
    print(parse(operation.text)),
    `variables: ${JSON.stringify(operation.variables)}`,
    `expected: ${JSON.stringify({ data: expected.data, errors: expected.errors?.map(({ path, message }) => ({ path, message })) })}`,
    `found:    ${JSON.stringify(found)}`,
    ...violations.map((violation) => `violation: ${violation}`),
  ].join('\n');
}

/** Without the first line, and the leaf types that nothing refers to. */
function withoutUnusedLeaves(sdl: string): string {
  const { definitions } = parse(sdl);
  return definitions
    .filter((definition) => definition.kind !== Kind.SCHEMA_EXTENSION)
    .filter(
      (definition) => !('name' in definition) || !['Colour', 'Json', 'Filter'].includes(definition.name?.value ?? ''),
    )
    .map(print)
    .join('\n');
}
