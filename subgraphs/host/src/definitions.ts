import { identity } from '@brigade/identity';
import { inventory } from '@brigade/inventory';
import { kitchen } from '@brigade/kitchen';
import { menu } from '@brigade/menu';
import { orders } from '@brigade/orders';
import { payments } from '@brigade/payments';
import { platform } from '@brigade/platform';
import type { ServiceDefinition } from '@brigade/service-kit';

/** Every subgraph that this image can host. */
export const definitions: readonly ServiceDefinition[] = [
  identity,
  menu,
  inventory,
  orders,
  payments,
  kitchen,
  platform,
];

/**
 * The subgraphs named by `SUBGRAPHS` (comma-separated), or all.
 * @throws Error that names what is unknown
 */
export function selectDefinitions(names: string | undefined): readonly ServiceDefinition[] {
  const wanted = (names ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (wanted.length === 0) return definitions;
  const known = new Map(definitions.map((definition) => [definition.name, definition]));
  const unknown = wanted.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new Error(`SUBGRAPHS names ${unknown.join(', ')}; this image has ${[...known.keys()].join(', ')}`);
  }
  return definitions.filter(({ name }) => wanted.includes(name));
}
