import { addEntities } from './add-entities.ts';
import { addInterfaces } from './add-interfaces.ts';
import { addProvides } from './add-provides.ts';
import { addRequires } from './add-requires.ts';
import { addRoots } from './add-roots.ts';
import { Draft } from './draft.ts';
import { finishFields } from './finish-fields.ts';
import type { Model } from './model.ts';
import { Random } from './random.ts';
import { tidyModel } from './tidy-model.ts';
import { addFields, addOverrides } from './add-fields.ts';

const SUBGRAPHS = ['ash', 'birch', 'cedar', 'dogwood'];

/** A small random supergraph. It need not compose. */
export function generateModel(seed: number): Model {
  const random = new Random(seed);
  const draft = new Draft(random, SUBGRAPHS.slice(0, random.pick([2, 2, 3, 3, 4])));
  addEntities(draft);
  addInterfaces(draft);
  addFields(draft);
  addOverrides(draft);
  addRequires(draft);
  addRoots(draft);
  addProvides(draft);
  finishFields(draft);
  return tidyModel(draft.model);
}
