import type { Draft } from './draft.ts';
import { findType, type Subgraph } from './model.ts';
import { isLeafName } from './print-subgraph.ts';
import { FIELD_NAMES, randomArguments, randomField, randomLeaf, wrap } from './random-field.ts';

const INTERFACES = ['Thing', 'Item'];

/** Interfaces that entities implement, some of them with an interface object in another subgraph. */
export function addInterfaces(draft: Draft): void {
  const { random } = draft;
  const { reserved } = draft;
  for (const name of INTERFACES.slice(0, reserved ? 1 : random.pick([0, 1, 1, 2]))) {
    const implementers = reserved
      ? [...reserved.implementers]
      : random.sample([...draft.entities.keys()], random.between(2, 3));
    const possible = draft.subgraphs.filter((subgraph) => subgraph !== reserved?.subgraph);
    const homes = random.sample(possible, reserved ? 1 : random.pick([1, 1, 2]));
    const names = random.sample(FIELD_NAMES, 3);
    for (const home of homes) addTo(draft, home, name, implementers, names.splice(0, random.between(1, 2)));
    const [home, another] = homes;
    if (home && reserved) {
      addInterfaceObject(draft, home, name, implementers);
      continue;
    }
    if (home && !another && random.happens(0.25) && addValueImplementer(draft, home, name)) continue;
    if (home && !another && random.happens(0.5)) addInterfaceObject(draft, home, name, implementers);
  }
}

function addTo(draft: Draft, home: Subgraph, name: string, implementers: string[], fields: string[]): void {
  const { random } = draft;
  const type = draft.open(home, 'interface', name);
  for (const implementer of implementers) {
    const plan = draft.entities.get(implementer);
    if (plan) draft.addKey(home, plan, plan.keys[0] ?? 'id', true);
    draft.open(home, 'entity', implementer).implements.push(name);
  }
  for (const field of fields) {
    const composites = [...draft.values.keys(), ...draft.entities.keys()];
    const declared = randomField(random, field, composites);
    if (!draft.declareFieldType(home, declared.type)) continue;
    if (implementers.some((one) => draft.open(home, 'entity', one).fields.some((known) => known.name === field)))
      continue;
    type.fields.push(declared);
    for (const implementer of implementers) {
      const stricter = !declared.type.endsWith('!') && random.happens(0.2) ? `${declared.type}!` : declared.type;
      draft.open(home, 'entity', implementer).fields.push({ ...declared, type: stricter });
    }
  }
  const haveId = implementers.every((one) =>
    draft.open(home, 'entity', one).fields.some((field) => field.name === 'id'),
  );
  if (haveId && (type.fields.length === 0 || random.happens(0.6))) type.fields.push(idField());
}

/** Has a value type implement the interface too, in the one subgraph that declares it. */
function addValueImplementer(draft: Draft, home: Subgraph, name: string): boolean {
  const type = draft.open(home, 'interface', name);
  const isKnown = (value: string) => draft.subgraphs.some((subgraph) => findType(subgraph, value));
  const value = [...draft.values.keys()].find((one) => one !== 'Slot' && !isKnown(one));
  const plan = draft.values.get(value ?? '');
  if (value === undefined || !plan || type.fields.some((field) => field.name === 'id')) return false;
  for (const field of type.fields) {
    const at = plan.findIndex((known) => known.name === field.name);
    plan.splice(at < 0 ? plan.length : at, 1, { ...field });
  }
  if (draft.declare(home, value)) draft.open(home, 'value', value).implements.push(name);
  return true;
}

/** A subgraph that adds fields to whatever implements an interface, without knowing what does. */
function addInterfaceObject(draft: Draft, home: Subgraph, name: string, implementers: string[]): void {
  const { random } = draft;
  const plans = implementers.map((one) => draft.entities.get(one));
  const others = draft.subgraphs.filter(
    (other) => other !== home && implementers.every((one) => !draft.entityIn(other, one)),
  );
  if (others.length === 0 || plans.some((plan) => !plan?.keys.includes('id'))) return;
  for (const plan of plans) if (plan) draft.addKey(home, plan, 'id', true);
  const type = draft.open(home, 'interface', name);
  if (!type.fields.some((field) => field.name === 'id')) type.fields.push(idField());
  type.keys.push({ fields: 'id', resolvable: true });
  const other = draft.reserved?.subgraph ?? random.pick(others);
  for (const implementer of implementers) draft.hidden.set(`${other.name}.${implementer}`, name);
  const object = draft.open(other, 'interface object', name);
  object.keys.push({ fields: 'id', resolvable: random.happens(0.85) });
  object.fields.push(idField());
  for (const field of random.sample(['sky', 'views', 'rank'], random.between(1, 2))) {
    object.fields.push({
      name: field,
      type: wrap(random, random.happens(0.2) ? name : randomLeaf(random)),
      args: randomArguments(random, 0.3),
      role: 'own',
    });
  }
  const [required] = random.sample(
    type.fields.filter((field) => field.role === 'own' && isLeafName(field.type) && field.args.length === 0),
    1,
  );
  if (!required || !random.happens(0.5)) return;
  for (const one of [name, ...implementers]) draft.required.add(`${one}.${required.name}`);
  object.fields.push({ ...required, role: 'external' });
  object.fields.push({ name: 'popular', type: wrap(random, 'Int'), args: [], role: 'own', requires: required.name });
}

const idField = () => ({ name: 'id', type: 'ID!', args: [], role: 'key' as const });
