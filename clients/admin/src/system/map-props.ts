import type { Spot, SystemEdge, SystemNode } from './map-layout.ts';
import type { Particles } from './particles.ts';

/** What both drawings of the map are given. */
export interface MapProps {
  readonly nodes: readonly SystemNode[];
  readonly edges: readonly SystemEdge[];
  readonly spots: ReadonlyMap<string, Spot>;
  readonly particles: Particles;
  readonly selected: string | undefined;
  readonly onSelect: (nodeId: string | undefined) => void;
}
