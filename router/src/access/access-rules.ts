import {
  isInterfaceType,
  isObjectType,
  baseType,
  type Directive,
  type NamedType,
  type Schema,
} from '@apollo/federation-internals';

/**
 * What somebody must be to be given something: logged in, or holding all scopes (policies) of one of these lists. Equal
 * requirements of one supergraph are the same object.
 */
export type AccessRequirement =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: readonly (readonly string[])[] };

const NONE: readonly AccessRequirement[] = [];

interface Guarded {
  appliedDirectivesOf(name: string): readonly Directive[];
}

/**
 * `@authenticated`, `@requiresScopes` and `@policy` of a supergraph. What is asked for through an interface needs what
 * any of its implementations needs, and the other way round: no detour leads around a rule.
 */
export class AccessRules {
  /** Whether anything at all is guarded. */
  readonly any: boolean;
  readonly #schema: Schema;
  readonly #names: { authenticated?: string | undefined; scopes?: string | undefined; policies?: string | undefined };
  readonly #known = new Map<string, AccessRequirement>();
  readonly #byField = new Map<string, readonly AccessRequirement[]>();

  constructor(schema: Schema) {
    const nameOf = (feature: string) =>
      schema.coreFeatures?.getByIdentity(`https://specs.apollo.dev/${feature}`)?.directiveNameInSchema(feature);
    this.#schema = schema;
    this.#names = {
      authenticated: nameOf('authenticated'),
      scopes: nameOf('requiresScopes'),
      policies: nameOf('policy'),
    };
    this.any = Object.values(this.#names).some((name) => name !== undefined);
  }

  /** What a field asks of whoever selects it on a type. */
  ofField(typeName: string, fieldName: string): readonly AccessRequirement[] {
    if (!this.any) return NONE;
    const key = `${typeName}.${fieldName}`;
    const known = this.#byField.get(key);
    if (known) return known;
    const type = this.#schema.type(typeName);
    const found = type ? [...new Set(this.#collect(type, fieldName))] : NONE;
    this.#byField.set(key, found);
    return found;
  }

  /** What a type asks of whoever makes it a type condition. */
  ofType(typeName: string): readonly AccessRequirement[] {
    const type = this.any ? this.#schema.type(typeName) : undefined;
    return type ? this.#applied(type) : NONE;
  }

  #collect(type: NamedType, fieldName: string): AccessRequirement[] {
    const relatives: NamedType[] = [type];
    if (isObjectType(type) || isInterfaceType(type)) relatives.push(...type.interfaces());
    if (isInterfaceType(type)) relatives.push(...type.allImplementations());
    return relatives.flatMap((relative) => {
      if (!isObjectType(relative) && !isInterfaceType(relative)) return [];
      const field = relative.field(fieldName);
      if (!field?.type) return [];
      // What an object is behind is asked of its fields; a leaf has none.
      const leaf = baseType(field.type);
      const ofLeaf = leaf.kind === 'ScalarType' || leaf.kind === 'EnumType' ? this.#applied(leaf) : NONE;
      // An interface that the type implements has a say in the field, not in the type.
      const ofType = relative === type || !isInterfaceType(relative) ? this.#applied(relative) : NONE;
      return [...ofType, ...this.#applied(field), ...ofLeaf];
    });
  }

  #applied(element: Guarded): AccessRequirement[] {
    const { authenticated, scopes, policies } = this.#names;
    const argumentOf = (directive: Directive, name: string) =>
      (directive.arguments() as Record<string, string[][]>)[name] ?? [];
    const of = (name: string | undefined) => (name === undefined ? [] : element.appliedDirectivesOf(name));
    return [
      ...of(authenticated).map(() => this.#same({ kind: 'authenticated' })),
      ...of(scopes).map((one) => this.#same({ kind: 'scopes', anyOf: argumentOf(one, 'scopes') })),
      ...of(policies).map((one) => this.#same({ kind: 'policies', anyOf: argumentOf(one, 'policies') })),
    ];
  }

  #same(requirement: AccessRequirement): AccessRequirement {
    const key = JSON.stringify(requirement);
    const known = this.#known.get(key) ?? requirement;
    this.#known.set(key, known);
    return known;
  }
}
