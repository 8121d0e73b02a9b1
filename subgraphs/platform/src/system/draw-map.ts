import { drawEdges, type PictureEdge } from './draw-edges.ts';
import { drawNodes, type PictureNode } from './draw-nodes.ts';
import type { Look } from './rates.ts';
import type { Watched } from './watched.ts';

export interface SystemPicture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/**
 * What runs and what goes between, from what was told and counted.
 * @param transactions of the services' databases
 */
export function drawMap(watched: readonly Watched[], transactions: readonly Look[]): SystemPicture {
  if (watched.length === 0) return { nodes: [], edges: [] };
  const edges = drawEdges(watched, transactions);
  return { nodes: drawNodes(watched, edges), edges };
}
