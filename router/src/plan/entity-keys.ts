import type { DocumentNode } from 'graphql';
import { needsOf, type Needs } from './needs.ts';
import {
  directivesNamed,
  flagArgument,
  parseFieldSet,
  subgraphNamesOf,
  textArgument,
  typesOf,
} from './supergraph-types.ts';

/** The keys by which each subgraph can be asked for entities of a type, those of the interfaces of the type included. */
export function entityKeysOf(document: DocumentNode): (subgraph: string, type: string) => readonly Needs[] {
  const types = typesOf(document);
  const subgraphs = subgraphNamesOf(document);
  const keys = new Map<string, Needs[]>();
  for (const type of types.values()) {
    for (const directive of directivesNamed(type, 'join__type')) {
      const [graph, key] = [textArgument(directive, 'graph') ?? '', textArgument(directive, 'key')];
      if (key === undefined || flagArgument(directive, 'resolvable') === false) continue;
      const at = `${subgraphs.get(graph) ?? graph} ${type.name.value}`;
      keys.set(at, [...(keys.get(at) ?? []), needsOf(parseFieldSet(key))]);
    }
  }
  return (subgraph, type) => {
    const interfaces = types.get(type)?.interfaces ?? [];
    return [type, ...interfaces.map(({ name }) => name.value)].flatMap((name) => keys.get(`${subgraph} ${name}`) ?? []);
  };
}
