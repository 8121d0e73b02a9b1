import { isCompositeType, type Directive, type NamedType, type Schema } from '@apollo/federation-internals';

/** How long the list of a field is, as its schema says it (`@listSize`). */
export interface ListSize {
  readonly assumedSize?: number;
  /** Arguments that say how long the list may be; the largest counts. */
  readonly slicingArguments: readonly string[];
  /** Fields of the result that hold the list, in place of the result itself. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

interface Weighted {
  appliedDirectivesOf(name: string): readonly Directive[];
}

/**
 * What things cost: `@cost` and `@listSize` of a supergraph, in the terms of the specification for GraphQL cost
 * directives. Without `@cost` an object costs 1 and a leaf nothing.
 */
export class CostModel {
  readonly #schema: Schema;
  readonly #cost: string | undefined;
  readonly #listSize: string | undefined;

  constructor(schema: Schema) {
    const feature = schema.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
    this.#schema = schema;
    this.#cost = feature?.directiveNameInSchema('cost');
    this.#listSize = feature?.directiveNameInSchema('listSize');
  }

  /** Of one value of a type. */
  ofType(name: string): number {
    const type = this.#schema.type(name);
    if (!type) return 0;
    return this.#weight(type) ?? (isCompositeType(type) && !this.#isRoot(type) ? 1 : 0);
  }

  /** Of one value of a field, where that differs from its type's. */
  ofField(typeName: string, fieldName: string): number | undefined {
    const field = this.#field(typeName, fieldName);
    return field && this.#weight(field);
  }

  /** Of an argument that is given. */
  ofArgument(typeName: string, fieldName: string, argumentName: string): number {
    const argument = this.#field(typeName, fieldName)?.argument(argumentName);
    return (argument && this.#weight(argument)) ?? 0;
  }

  listSize(typeName: string, fieldName: string): ListSize | undefined {
    const name = this.#listSize;
    const [directive] = (name !== undefined && this.#field(typeName, fieldName)?.appliedDirectivesOf(name)) || [];
    if (!directive) return undefined;
    const given = directive.arguments() as Partial<{ [K in keyof ListSize]: ListSize[K] }>;
    return {
      ...(given.assumedSize !== undefined && { assumedSize: given.assumedSize }),
      slicingArguments: given.slicingArguments ?? [],
      sizedFields: given.sizedFields ?? [],
      requireOneSlicingArgument: given.requireOneSlicingArgument ?? true,
    };
  }

  #isRoot(type: NamedType): boolean {
    return [...this.#schema.schemaDefinition.roots()].some((root) => root.type === type);
  }

  #field(typeName: string, fieldName: string) {
    const type = this.#schema.type(typeName);
    return type && (type.kind === 'ObjectType' || type.kind === 'InterfaceType') ? type.field(fieldName) : undefined;
  }

  #weight(element: Weighted): number | undefined {
    const [directive] = this.#cost === undefined ? [] : element.appliedDirectivesOf(this.#cost);
    return directive && (directive.arguments() as { weight: number }).weight;
  }
}
