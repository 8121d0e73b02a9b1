import { parseFieldSet, topFieldsOf } from './field-set.ts';
import {
  fieldsTypeOf,
  findField,
  findType,
  hasFields,
  type FieldDeclaration,
  type FieldsDeclaration,
  type Model,
  type Subgraph,
} from './model.ts';
import type { Random } from './random.ts';

/** What an entity is in every subgraph that knows it. */
export interface EntityPlan {
  readonly name: string;
  /** Field sets; the first is the one that most subgraphs use. */
  readonly keys: readonly string[];
  /** The entity whose reference is part of a key. */
  readonly maker?: string;
}

const KEY_FIELD_TYPES: Readonly<Record<string, string>> = {
  id: 'ID!',
  code: 'Int!',
  shelf: 'String!',
  row: 'Int!',
  serial: 'String!',
  slot: 'Slot!',
};

/** A model that is being made. */
export class Draft {
  readonly model: Model;
  readonly entities = new Map<string, EntityPlan>();
  readonly values = new Map<string, FieldDeclaration[]>();
  readonly unions = new Map<string, readonly string[]>();
  /** Fields that some `@requires` names, as `Type.field`: these never fail. */
  readonly required = new Set<string>();
  /** Types that a subgraph knows only as an interface object, as `subgraph.Type`, and the interface's name. */
  readonly hidden = new Map<string, string>();
  /** A subgraph that is to know some entities only as an interface object. */
  reserved: { readonly subgraph: Subgraph; readonly implementers: readonly string[] } | undefined;

  constructor(
    readonly random: Random,
    subgraphs: readonly string[],
  ) {
    this.model = { subgraphs: subgraphs.map((name) => ({ name, types: [] })) };
    this.values.set('Slot', [
      { name: 'x', type: 'Int!', args: [], role: 'own' },
      { name: 'y', type: 'Int!', args: [], role: 'own' },
    ]);
  }

  get subgraphs(): readonly Subgraph[] {
    return this.model.subgraphs;
  }

  /** The declaration of a type in a subgraph, made when there is none. */
  open(subgraph: Subgraph, kind: FieldsDeclaration['kind'], name: string): FieldsDeclaration {
    const known = findType(subgraph, name);
    if (known && hasFields(known)) return known;
    const made: FieldsDeclaration = { kind, name, keys: [], implements: [], fields: [] };
    subgraph.types.push(made);
    return made;
  }

  /**
   * Has a subgraph know a type, so that its fields may be of that type: an entity by one of its keys, a union by its members.
   * @returns false where it can't
   */
  declare(subgraph: Subgraph, name: string): boolean {
    if (findType(subgraph, name)) return true;
    const value = this.values.get(name);
    if (value) {
      const type = this.open(subgraph, 'value', name);
      return value.every((field) => {
        type.fields.push({ ...field });
        return this.declareFieldType(subgraph, field.type);
      });
    }
    const members = this.unions.get(name);
    if (members) {
      const known = members.filter((member) => this.declare(subgraph, member));
      if (known.length < 2) return false;
      subgraph.types.push({ kind: 'union', name, members: known });
      return true;
    }
    const entity = this.entities.get(name);
    if (!entity || this.hidden.has(`${subgraph.name}.${name}`)) return false;
    const usable = entity.keys.filter((key) => this.#resolves(name, key));
    this.addKey(subgraph, entity, this.random.pick(usable.length > 0 ? usable : entity.keys), this.random.happens(0.4));
    return true;
  }

  #resolves(entity: string, key: string): boolean {
    return this.subgraphs.some((subgraph) =>
      this.entityIn(subgraph, entity)?.keys.some(({ fields, resolvable }) => resolvable && fields === key),
    );
  }

  declareFieldType(subgraph: Subgraph, type: string): boolean {
    const name = type.replaceAll(/[[\]!]/g, '');
    return this.values.has(name) || this.unions.has(name) || this.entities.has(name)
      ? this.declare(subgraph, name)
      : true;
  }

  /** Adds a key, with its fields, to what a subgraph says of an entity. */
  addKey(subgraph: Subgraph, { name, maker }: EntityPlan, fields: string, resolvable: boolean): void {
    const type = this.open(subgraph, 'entity', name);
    if (type.keys.some((key) => key.fields === fields)) return;
    type.keys.push({ fields, resolvable });
    for (const field of topFieldsOf(parseFieldSet(fields))) {
      if (findField(type, field)) continue;
      type.fields.push({ name: field, type: KEY_FIELD_TYPES[field] ?? `${maker}!`, args: [], role: 'key' });
      if (field === 'slot') this.declare(subgraph, 'Slot');
      const makerPlan = field === 'maker' && maker !== undefined ? this.entities.get(maker) : undefined;
      if (makerPlan) this.addKey(subgraph, makerPlan, 'id', this.random.happens(0.4));
    }
  }

  /** Subgraphs that resolve a field of an entity, or whatever else has fields. */
  declarationsOf(typename: string, field: string): { subgraph: Subgraph; field: FieldDeclaration }[] {
    return this.subgraphs.flatMap((subgraph) => {
      const type = findType(subgraph, typename);
      const found = type && hasFields(type) ? findField(type, field) : undefined;
      return found ? [{ subgraph, field: found }] : [];
    });
  }

  /** What a subgraph says of an entity; undefined where it does not know it. */
  entityIn(subgraph: Subgraph, name: string): FieldsDeclaration | undefined {
    return findType(subgraph, name) ? fieldsTypeOf(subgraph, name) : undefined;
  }
}
