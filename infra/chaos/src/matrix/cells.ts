import { messages, routing } from '@brigade/schema';
import { failpoints, type Failpoint } from '@brigade/service-kit';
import type { subgraphProcesses } from '../arena/process-names.ts';

export type Subgraph = (typeof subgraphProcesses)[number];

/** One crash: the process of a subgraph dies at a point, while it handles or publishes a message. */
export interface Cell {
  subgraph: Subgraph;
  point: Failpoint;
  /** Absent where the point knows of none. */
  message?: string;
}

/** Nobody's handling and no order depends on these; their outbox is passed like everyone's. */
const NOT_IN_TRAFFIC = new Set(['inventory.stock-low.v1']);

/** Every point x every subgraph x the messages that it handles there, or publishes there. */
export function everyCell(): Cell[] {
  return failpoints.flatMap((point): Cell[] => {
    if (point === 'outbox.after-mark') return publishers().map((subgraph) => ({ point, subgraph }));
    if (point.startsWith('outbox.')) {
      return messages
        .filter(({ name }) => !NOT_IN_TRAFFIC.has(name))
        .map(({ name }) => ({ point, subgraph: publisherOf(name), message: name }));
    }
    const consumers = (point === 'projection.inside' ? ['orders'] : Object.keys(routing)) as (keyof typeof routing)[];
    return consumers.flatMap((subgraph) =>
      routing[subgraph]
        .filter(({ name }) => point !== 'projection.inside' || name !== 'menu.dish-changed.v1')
        .map(({ name }) => ({ point, subgraph, message: name })),
    );
  });
}

/** One cell for each point; which subgraph and which message, `turn` says: other turns, other ones. */
export function someCells(turn: number): Cell[] {
  const byPoint = Map.groupBy(everyCell(), ({ point }) => point);
  return [...byPoint.values()].map((cells, index) => cells[(turn * 7 + index * 5) % cells.length] as Cell);
}

/** As a process names it when it crashes there. */
export const passOf = ({ point, subgraph, message }: Cell): string =>
  `${point}@${subgraph}${message ? `/${message}` : ''}`;

export const failpointOf = (cell: Cell): string => `${passOf(cell)}=crash*1`;

const publisherOf = (name: string) => name.split('.')[0] as Subgraph;
const publishers = () => [...new Set(messages.map(({ name }) => publisherOf(name)))];
