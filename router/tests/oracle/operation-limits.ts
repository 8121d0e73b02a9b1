import { print, type DocumentNode } from 'graphql';
import { isExcluded } from './known-limits.ts';
import type { Model } from './model.ts';

/** Whether an operation has none of the shapes that are not to be generated. */
export const isWithinLimits = (document: DocumentNode, model: Model): boolean =>
  !(isExcluded('interfaceObjectFragment') && hasInterfaceObject(model) && hasFragmentOn(document, abstractIn(model)));

/** Interfaces and unions, but not those that some subgraph has as an interface object. */
function abstractIn({ subgraphs }: Model): ReadonlySet<string> {
  const types = subgraphs.flatMap((subgraph) => subgraph.types);
  const namesOf = (...kinds: string[]) => types.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return new Set(namesOf('interface', 'union')).difference(new Set(namesOf('interface object')));
}

const hasFragmentOn = (document: DocumentNode, names: ReadonlySet<string>): boolean =>
  [...print(document).matchAll(/ on (\w+)/g)].some(([, name = '']) => names.has(name));

const hasInterfaceObject = ({ subgraphs }: Model): boolean =>
  subgraphs.some(({ types }) => types.some(({ kind }) => kind === 'interface object'));
