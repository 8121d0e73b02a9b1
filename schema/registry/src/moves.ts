import { Kind, parse } from 'graphql';
import type { Subgraph } from './composition.ts';
import { elementsOf } from './lint/elements.ts';

/** Fields that other subgraphs resolve than before, for people. Clients see nothing of it. */
export function movesBetween(before: readonly Subgraph[], after: readonly Subgraph[]): string[] {
  const [was, is] = [ownersOf(before), ownersOf(after)];
  return [...is].flatMap(([field, owners]) => {
    const old = was.get(field);
    const moved = old !== undefined && old.join() !== owners.join();
    return moved ? [`\`${field}\` was resolved by ${old.join(', ')} and is by ${owners.join(', ')}`] : [];
  });
}

/** The subgraphs that resolve each `Type.field`: not those that only name it, nor those that it was taken from. */
function ownersOf(subgraphs: readonly Subgraph[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  const overridden = new Set<string>();
  for (const { name, sdl } of subgraphs) {
    for (const { coordinate, node } of elementsOf(parse(sdl))) {
      if (node.kind !== Kind.FIELD_DEFINITION) continue;
      if (node.directives?.some((directive) => directive.name.value === 'external')) continue;
      owners.set(coordinate, [...(owners.get(coordinate) ?? []), name]);
      const override = node.directives?.find((directive) => directive.name.value === 'override');
      const from = override?.arguments?.find((argument) => argument.name.value === 'from')?.value;
      if (from?.kind === Kind.STRING) overridden.add(`${coordinate} ${from.value}`);
    }
  }
  for (const [field, names] of owners) {
    const left = names.filter((name) => !overridden.has(`${field} ${name}`)).toSorted();
    owners.set(field, left);
  }
  return owners;
}
