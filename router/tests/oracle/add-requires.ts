import { homesOf } from './add-fields.ts';
import type { Draft } from './draft.ts';
import {
  findField,
  findType,
  hasFields,
  namedTypeOf,
  type FieldDeclaration,
  type FieldsDeclaration,
  type Subgraph,
} from './model.ts';
import { isExcluded } from './known-limits.ts';
import { isLeafName } from './print-subgraph.ts';
import { randomArguments, randomLeaf, wrap } from './random-field.ts';
import { printLiteral, randomInput } from './random-literal.ts';

/** Names of the fields with `@requires`, and of no others. */
const COMPUTED_FIELDS = ['first', 'next', 'last', 'also', 'popular'];

/** Adds fields that are computed from fields of other subgraphs; later ones may require earlier ones. */
export function addRequires(draft: Draft): void {
  const { random } = draft;
  for (const name of COMPUTED_FIELDS) {
    for (const entity of draft.entities.keys()) {
      const [home] = random.sample(homesOf(draft, entity), 1);
      if (!home || findField(home.type, name) || !random.happens(0.6)) continue;
      if (isExcluded('interfaceObjectRequires') && home.type.kind === 'interface object') continue;
      const requires = random
        .shuffle([...requirableBy(draft, home.subgraph, home.type), ...referencesIn(draft, home.type)])
        .slice(0, random.between(1, 2))
        .filter((field, index, all) => all.findIndex(({ name }) => name === field.name) === index)
        .map((field) => new RequiredSelection(draft, home.subgraph).of(home.type, field, 0))
        .filter((selection) => selection !== undefined)
        .join(' ');
      if (requires === '') continue;
      if (draft.declarationsOf(entity, name).length > 0) continue;
      home.type.fields.push({
        name,
        type: wrap(random, randomLeaf(random)),
        args: randomArguments(random, 0.2),
        role: 'own',
        requires,
      });
    }
  }
}

/** Fields of an entity that other subgraphs resolve, and this one does not know, or only as external. */
function requirableBy(draft: Draft, subgraph: Subgraph, type: FieldsDeclaration): FieldDeclaration[] {
  return draft.subgraphs
    .filter((other) => other !== subgraph)
    .flatMap((other) => draft.entityIn(other, type.name)?.fields ?? [])
    .filter((field) => field.role === 'own' && (findField(type, field.name)?.role ?? 'external') === 'external');
}

/** References to entities that the subgraph resolves itself: what is required is below them. */
const referencesIn = (draft: Draft, type: FieldsDeclaration): FieldDeclaration[] =>
  type.fields.filter(
    (field) => field.role === 'own' && field.requires === undefined && draft.entities.has(namedTypeOf(field.type)),
  );

/** Writes selections for `@requires`, and declares what they name as external. */
class RequiredSelection {
  constructor(
    private readonly draft: Draft,
    private readonly subgraph: Subgraph,
  ) {}

  /** @returns undefined for a field that the subgraph cannot know */
  of(type: FieldsDeclaration, field: FieldDeclaration, depth: number): string | undefined {
    const { random } = this.draft;
    const isReference = depth === 0 && field.role === 'own' && findField(type, field.name) === field;
    const selection = this.#below(field, depth, isReference);
    if (selection === undefined) return undefined;
    if (!findField(type, field.name)) {
      const { name, type: fieldType, args } = field;
      type.fields.push({ name, type: fieldType, args, role: 'external' });
    }
    this.draft.required.add(`${type.name}.${field.name}`);
    const args = field.args
      .filter((argument) => (argument.type.endsWith('!') && argument.defaultValue === undefined) || random.happens(0.5))
      .map((argument) => `${argument.name}: ${printLiteral(randomInput(random, argument.type))}`);
    return `${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${selection}`;
  }

  #below(field: FieldDeclaration, depth: number, onlyForeign = false): string | undefined {
    const { draft, subgraph } = this;
    if (isLeafName(field.type)) return '';
    if (depth > 2) return undefined;
    const name = namedTypeOf(field.type);
    if (!draft.declareFieldType(subgraph, name)) return undefined;
    const type = findType(subgraph, name);
    if (!type) return undefined;
    if (hasFields(type)) return this.#within(type, depth, onlyForeign);
    const parts = type.members.flatMap((member) => {
      const known = findType(subgraph, member);
      const within = known && hasFields(known) && draft.random.happens(0.7) ? this.#within(known, depth) : undefined;
      return within === undefined ? [] : [`... on ${member}${within}`];
    });
    const typename = draft.random.happens(0.5) ? '__typename ' : '';
    return parts.length > 0 ? ` { ${typename}${parts.join(' ')} }` : undefined;
  }

  /** Some fields of a type: what the subgraph knows itself, or fields of an entity that others resolve. */
  #within(type: FieldsDeclaration, depth: number, onlyForeign = false): string | undefined {
    const { random } = this.draft;
    if (type.kind === 'interface object') return undefined;
    const known = onlyForeign
      ? []
      : type.fields.filter((field) => field.role === 'key' || type.kind === 'value' || type.kind === 'interface');
    const foreign = type.kind === 'entity' ? requirableBy(this.draft, this.subgraph, type) : [];
    const selections = random
      .sample([...known, ...foreign, ...foreign], random.between(1, 2))
      .map((field) => {
        if (field.role !== 'key' && type.kind !== 'interface') return this.of(type, field, depth + 1);
        if (type.kind === 'interface') return isLeafName(field.type) && field.role === 'key' ? field.name : undefined;
        const below = this.#below(field, depth + 1);
        return below === undefined ? undefined : `${field.name}${below}`;
      })
      .filter((selection) => selection !== undefined);
    const different = [...new Map(selections.map((text) => [/^\w+/.exec(text)?.[0], text])).values()];
    return different.length > 0 ? ` { ${different.join(' ')} }` : undefined;
  }
}
