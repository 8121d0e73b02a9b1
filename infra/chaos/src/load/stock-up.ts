import { DEMO_PASSWORD } from '../../../local/src/settings.ts';
import { Client } from './client.ts';

/** So much of each ingredient that none runs out; in its own unit. */
export const PLENTY = 60_000_000;

/** A manager fills the stock; answers the dishes that can be ordered. */
export async function stockUp(routerUrl: string): Promise<string[]> {
  const manager = await Client.logIn(routerUrl, 'manager@brigade.test', DEMO_PASSWORD);
  const { ingredients } = await manager.mustAsk('{ ingredients(first: 100) { edges { node { id } } } }');
  for (const { node } of (ingredients as { edges: { node: { id: string } }[] }).edges) {
    await manager.mustAsk(
      'mutation($ingredientId: ID!, $quantity: Int!) { restock(ingredientId: $ingredientId, quantity: $quantity) { ingredient { id } } }',
      { ingredientId: node.id, quantity: PLENTY },
    );
  }
  const { dishes } = await manager.mustAsk('{ dishes(first: 100) { edges { node { id available } } } }');
  const { edges } = dishes as { edges: { node: { id: string; available: boolean } }[] };
  return edges.flatMap(({ node }) => (node.available ? [node.id] : []));
}
