import type { Draft, EntityPlan } from './draft.ts';
import type { Subgraph } from './model.ts';
import { randomLeaf, wrap } from './random-field.ts';

const ENTITIES = ['Book', 'Room', 'User', 'Shop'];
const VALUES = ['Size', 'Place'];
const KEYS = ['id', 'code', 'shelf row', 'row shelf', 'slot { x y }', 'serial maker { id }'];

/** Plans entities and value types, and has each entity known by some subgraphs. */
export function addEntities(draft: Draft): void {
  const { random } = draft;
  const names = ENTITIES.slice(0, random.between(2, 4));
  if (random.happens(0.3)) reserve(draft, random.sample(names, 2));
  for (const name of names) {
    const plan = planEntity(draft, name);
    draft.entities.set(name, plan);
    addHomes(draft, plan);
  }
  for (const name of VALUES.slice(0, random.between(0, 2))) {
    const names = random.sample(['height', 'width', 'name', 'unit', 'of'], random.between(1, 3));
    draft.values.set(
      name,
      names.map((field) => ({
        name: field,
        type: wrap(random, field === 'of' ? random.pick([...draft.entities.keys()]) : randomLeaf(random), 0.2),
        args: [],
        role: 'own' as const,
      })),
    );
  }
  const kinds = [...draft.entities.keys(), ...[...draft.values.keys()].filter((name) => name !== 'Slot')];
  if (random.happens(0.5)) draft.unions.set('Found', random.sample(kinds, random.between(2, 3)));
}

/** Keeps a subgraph free of some entities, so that it can have an interface object for them. */
function reserve(draft: Draft, implementers: readonly string[]): void {
  const subgraph = draft.random.pick(draft.subgraphs);
  draft.reserved = { subgraph, implementers };
  for (const name of implementers) draft.hidden.set(`${subgraph.name}.${name}`, 'Thing');
}

function planEntity({ random, entities, reserved }: Draft, name: string): EntityPlan {
  const maker = [...entities.values()].find(({ keys }) => keys.includes('id'))?.name;
  const candidates = KEYS.filter((key) => maker !== undefined || !key.startsWith('serial'));
  const keys =
    reserved?.implementers.includes(name) || random.happens(0.8)
      ? [
          'id',
          ...random.sample(
            candidates.filter((key) => key !== 'id'),
            random.below(3),
          ),
        ]
      : random.sample(candidates, random.between(1, 2));
  return { name, keys, ...(maker !== undefined && { maker }) };
}

/** Subgraphs in a row share a key, so that each is reached from another. */
function addHomes(draft: Draft, plan: EntityPlan): void {
  const { random, subgraphs } = draft;
  const isHidden = (subgraph: Subgraph, entity: string) => draft.hidden.has(`${subgraph.name}.${entity}`);
  const possible = subgraphs.filter((subgraph) => !isHidden(subgraph, plan.name));
  const homes = random.sample(possible, random.pick([1, 2, 2, 2, 3, 3, 4]));
  let [link = 'id'] = plan.keys;
  homes.forEach((subgraph, index) => {
    const keys = new Set([link]);
    for (const key of plan.keys) if (random.happens(0.4)) keys.add(key);
    for (const key of random.shuffle([...keys])) {
      if (key.startsWith('serial') && isHidden(subgraph, plan.maker ?? '')) continue;
      draft.addKey(subgraph, plan, key, key === link || random.happens(0.7));
    }
    if (index > 0 && random.happens(0.25)) link = random.pick([...keys]);
  });
}
