import type { SystemMapQuery, SystemNodeKind } from '@brigade/graphql';

export type SystemNode = SystemMapQuery['systemMap']['nodes'][number];
export type SystemEdge = SystemMapQuery['systemMap']['edges'][number];

/** In a drawing that is 16 wide and 10 high, the middle at 0; `z` only where there is depth. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A request goes from left to right; what subgraphs share stands at the end. */
const columns: readonly { readonly kinds: readonly SystemNodeKind[]; readonly x: number }[] = [
  { kinds: ['CLIENTS'], x: -7 },
  { kinds: ['ROUTER'], x: -4.2 },
  { kinds: ['SUBGRAPH'], x: 0 },
  { kinds: ['BROKER', 'STORE'], x: 4 },
  { kinds: ['PROVIDER', 'DEVICE'], x: 7 },
];
const HEIGHT = 9;

/** Places every node: a column for each kind, spread evenly, however many there are. */
export function layOutMap(nodes: readonly SystemNode[]): ReadonlyMap<string, Spot> {
  const spots = new Map<string, Spot>();
  for (const { kinds, x } of columns) {
    const own = kinds.flatMap((kind) => nodes.filter((node) => node.kind === kind));
    for (const [index, { id }] of own.entries()) {
      const y = own.length === 1 ? 0 : HEIGHT / 2 - (index * HEIGHT) / (own.length - 1);
      // A shallow bow: in three dimensions no edge hides behind its neighbour.
      spots.set(id, { x, y: y * 0.95, z: 1.4 * Math.cos((y / HEIGHT) * Math.PI) });
    }
  }
  return spots;
}
