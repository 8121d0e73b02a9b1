import { homesOf } from './add-fields.ts';
import type { Draft } from './draft.ts';
import { isExcluded } from './known-limits.ts';
import { findField, namedTypeOf } from './model.ts';
import { isLeafName } from './print-subgraph.ts';

/** Has some references to entities bring fields along that other subgraphs resolve. */
export function addProvides(draft: Draft): void {
  const { random } = draft;
  for (const subgraph of draft.subgraphs) {
    for (const type of subgraph.types) {
      if (!('fields' in type) || (type.kind !== 'entity' && type.kind !== 'root')) continue;
      for (const field of type.fields) {
        const target = namedTypeOf(field.type);
        if (field.role !== 'own' || field.requires !== undefined || field.override !== undefined || field.shareable)
          continue;
        if (!draft.entities.has(target) || !random.happens(0.35)) continue;
        if (isExcluded('providedAndExternal') && draft.required.has(`${type.name}.${field.name}`)) continue;
        const provided = provide(draft, subgraph.name, target);
        if (provided !== undefined) field.provides = provided;
      }
    }
  }
}

function provide(draft: Draft, name: string, target: string): string | undefined {
  const { random, subgraphs } = draft;
  const here = subgraphs.find((subgraph) => subgraph.name === name);
  const type = here && draft.entityIn(here, target);
  if (!type) return undefined;
  const fields = homesOf(draft, target)
    .filter((home) => home.subgraph !== here)
    .flatMap((home) => home.type.fields)
    .filter((field) => field.role === 'own' && field.requires === undefined && field.args.length === 0)
    .filter((field) => isLeafName(field.type) && (findField(type, field.name)?.role ?? 'external') === 'external')
    .filter((field) => draft.declarationsOf(target, field.name).every((one) => one.field.role !== 'overridden'));
  if (fields.length === 0) return undefined;
  const { name: provided, type: fieldType } = random.pick(fields);
  if (!findField(type, provided)) type.fields.push({ name: provided, type: fieldType, args: [], role: 'external' });
  for (const { field } of draft.declarationsOf(target, provided)) if (field.role === 'own') field.shareable = true;
  return provided;
}
