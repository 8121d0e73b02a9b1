import type { SystemMapQuery, SystemNodeKind, SystemTraffic } from '@brigade/graphql';

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
  { kinds: ['CLIENTS'], x: -7.2 },
  { kinds: ['ROUTER'], x: -4 },
  { kinds: ['SUBGRAPH'], x: 0 },
  { kinds: ['BROKER', 'STORE'], x: 3.8 },
  { kinds: ['PROVIDER', 'DEVICE'], x: 7.2 },
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

/** Ways between the same two nodes lie beside each other, by what goes along them. */
const lanes: readonly SystemTraffic[] = ['COMMANDS', 'REQUESTS', 'MESSAGES', 'TRANSACTIONS', 'TELEMETRY'];
const LANE = 0.1;

/** Where an edge begins and ends; undefined when one of its nodes is not in the map. */
export function endsOf(edge: SystemEdge, spots: ReadonlyMap<string, Spot>): readonly [Spot, Spot] | undefined {
  const [from, to] = [spots.get(edge.from), spots.get(edge.to)];
  if (!from || !to) return undefined;
  const aside = (lanes.indexOf(edge.traffic) - 2) * LANE;
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  // To the side of the way from left to right, so that both directions use the same lanes.
  const turn = to.x >= from.x ? 1 : -1;
  const [dx, dy] = [(-(to.y - from.y) / length) * aside * turn, ((to.x - from.x) / length) * aside * turn];
  const move = ({ x, y, z }: Spot): Spot => ({ x: x + dx, y: y + dy, z });
  return [move(from), move(to)];
}

/** A place on the way. @param part 0 at the beginning, 1 at the end */
export const along = ([from, to]: readonly [Spot, Spot], part: number): Spot => ({
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
  z: from.z + (to.z - from.z) * part,
});
