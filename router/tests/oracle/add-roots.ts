import { compositesIn } from './add-fields.ts';
import type { Draft } from './draft.ts';
import type { Subgraph } from './model.ts';
import { randomArguments, wrap } from './random-field.ts';

/** Adds fields of Query and Mutation. Each entity is reached from one of them at least. */
export function addRoots(draft: Draft): void {
  const { random } = draft;
  let number = 0;
  for (const subgraph of draft.subgraphs) {
    const composites = random.sample(compositesIn(draft, subgraph), random.between(1, 3));
    for (const name of composites) addRoot(draft, subgraph, name, (number += 1));
  }
  for (const entity of draft.entities.keys()) {
    const knowing = draft.subgraphs.filter((subgraph) => draft.entityIn(subgraph, entity));
    if (knowing.length > 0) addRoot(draft, random.pick(knowing), entity, (number += 1));
  }
  if (!random.happens(0.4)) return;
  for (const subgraph of random.sample(draft.subgraphs, 2)) {
    const mutation = draft.open(subgraph, 'root', 'Mutation');
    number += 1;
    mutation.fields.push({ name: `count${number}`, type: 'Int!', args: randomArguments(random), role: 'own' });
    const target = random.pick([...draft.entities.keys()]);
    if (draft.declareFieldType(subgraph, target)) {
      mutation.fields.push({
        name: `make${target}${number}`,
        type: wrap(random, target, 0.2),
        args: randomArguments(random),
        role: 'own',
      });
    }
  }
}

function addRoot(draft: Draft, subgraph: Subgraph, target: string, number: number): void {
  const { random } = draft;
  if (!draft.declareFieldType(subgraph, target)) return;
  const query = draft.open(subgraph, 'root', 'Query');
  const name = `${target.toLowerCase()}${number}`;
  const field = { name, type: wrap(random, target, 0.7), args: randomArguments(random), role: 'own' as const };
  const second = random.pick(draft.subgraphs);
  const isShareable =
    second !== subgraph && (draft.entities.has(target) || draft.values.has(target)) && random.happens(0.15);
  if (isShareable && draft.declareFieldType(second, target)) {
    query.fields.push({ ...field, shareable: true });
    draft.open(second, 'root', 'Query').fields.push({ ...field, shareable: true });
  } else query.fields.push(field);
}
