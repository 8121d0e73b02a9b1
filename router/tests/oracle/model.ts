/**
 * A supergraph before composition, as plain data: what each subgraph declares. SDL, subgraph servers and the oracle are all
 * derived from it, so a failing case can be made smaller by deleting parts of it.
 */
export interface Model {
  readonly subgraphs: Subgraph[];
}

export interface Subgraph {
  readonly name: string;
  readonly types: Declaration[];
}

export type Declaration = FieldsDeclaration | UnionDeclaration;

export interface FieldsDeclaration {
  /** `root`: Query or Mutation. `value`: an object type without a key. */
  readonly kind: 'root' | 'entity' | 'value' | 'interface' | 'interface object';
  readonly name: string;
  readonly keys: Key[];
  readonly implements: string[];
  readonly fields: FieldDeclaration[];
}

export interface UnionDeclaration {
  readonly kind: 'union';
  readonly name: string;
  readonly members: string[];
}

export interface Key {
  /** A field set, such as `shelf slot { x y }`. */
  readonly fields: string;
  readonly resolvable: boolean;
}

export interface FieldDeclaration {
  readonly name: string;
  /** In SDL, such as `[Int!]!`. */
  type: string;
  readonly args: readonly ArgumentDeclaration[];
  /**
   * `own`: the subgraph resolves it. `key`: part of a key. `external`: others resolve it. `overridden`: another subgraph
   * has taken it over.
   */
  role: 'own' | 'key' | 'external' | 'overridden';
  shareable?: boolean;
  /** A field set that the field is computed from. */
  requires?: string;
  /** A field set that the subgraph resolves too, below this field. */
  provides?: string;
  /** The subgraph that the field is taken over from. */
  override?: string;
  inaccessible?: boolean;
  tag?: string;
  /** Whether resolving it fails for some objects. */
  fails?: boolean;
}

export interface ArgumentDeclaration {
  readonly name: string;
  readonly type: string;
  /** In SDL. */
  readonly defaultValue?: string;
}

export const hasFields = (declaration: Declaration): declaration is FieldsDeclaration => declaration.kind !== 'union';

export const findType = (subgraph: Subgraph, name: string): Declaration | undefined =>
  subgraph.types.find((type) => type.name === name);

/** @throws TypeError unless the subgraph declares a type of that name, with fields */
export function fieldsTypeOf(subgraph: Subgraph, name: string): FieldsDeclaration {
  const found = findType(subgraph, name);
  if (!found || !hasFields(found)) throw new TypeError(`${subgraph.name} declares no type ${name} with fields`);
  return found;
}

export const findField = (type: FieldsDeclaration, name: string): FieldDeclaration | undefined =>
  type.fields.find((field) => field.name === name);

/** `[Int!]!` is of `Int`. */
export const namedTypeOf = (type: string): string => type.replaceAll(/[[\]!]/g, '');
