import { getNamedType, isCompositeType, isLeafType, type GraphQLSchema } from 'graphql';
import type { CollectContext, CollectedField, SelectionGroup } from './collect-fields.ts';
import { collectFields } from './collect-fields.ts';
import type { FetchedFields } from '../plan/fetched-fields.ts';
import { unresolvable } from './field-refusal.ts';
import { typeToKnow } from './unknown-type.ts';

/** What a function over objects of one type is generated from. */
export interface ObjectSource {
  readonly fields: readonly CollectedField[];
  /** What the objects are. */
  readonly runtimeType: string;
  /** What each of them costs. */
  readonly weight: number;
  readonly schema: GraphQLSchema;
}

/** At least one. */
export type SelectionGroups = readonly [SelectionGroup, ...SelectionGroup[]];

/** What functions over the objects below a field are made of. */
export type BelowField = readonly [groups: SelectionGroups, context: CollectContext, fetched: FetchedFields];

/** Functions over the objects that stand at one place of a response: for each type that turns up one is generated. */
export abstract class ObjectFunctions<F extends (...given: never[]) => unknown> {
  /** For objects that say they are of the declared type, or say nothing. */
  declared: F;
  readonly declaredType: string;
  protected readonly context: CollectContext;
  readonly #byType = new Map<string, F>();
  readonly #groups: SelectionGroups;
  readonly #fetched: FetchedFields;

  /** @param fetched what the plan fetches at the place */
  constructor(groups: SelectionGroups, context: CollectContext, fetched: FetchedFields) {
    const declaredType = groups[0].parentType;
    this.declaredType = declaredType;
    this.context = context;
    this.#groups = groups;
    this.#fetched = fetched;
    // Compiled when the first object turns up; many branches of an operation never do.
    this.declared = ((...given) => {
      this.declared = this.#compile(declaredType);
      return this.declared(...given);
    }) as F;
  }

  protected abstract generate(source: ObjectSource): F;

  /** @returns nothing when there is no such type */
  protected ofType(typename: string): F | undefined {
    const known = this.#byType.get(typename);
    if (known) return known;
    if (!isCompositeType(this.context.schema.getType(typename))) return undefined;
    const compiled = this.#compile(typename);
    this.#byType.set(typename, compiled);
    return compiled;
  }

  #compile(runtimeType: string): F {
    const fields = collectFields(this.#groups, runtimeType, this.context).map((field) =>
      this.#isFetched(field, runtimeType)
        ? field
        : { ...field, refusal: field.refusal ?? unresolvable(field.parentType, field.fieldName) },
    );
    const type = typeToKnow(this.#groups, runtimeType, this.context);
    return this.generate({
      fields: type ? [type, ...fields] : fields,
      weight: this.#weightOf(runtimeType, fields),
      runtimeType,
      schema: this.context.schema,
    });
  }

  /** The type of an object is known otherwise, and the schema by itself. */
  #isFetched({ fieldName, fetchedName }: CollectedField, runtimeType: string): boolean {
    return fieldName.startsWith('__') || this.#fetched.has(fetchedName, runtimeType);
  }

  /** For what lies below a field; nothing where that is a leaf. */
  protected below({ groups, fetchedName }: CollectedField): BelowField | undefined {
    const [first, ...rest] = groups;
    return first && [[first, ...rest], this.context, this.#fetched.below(fetchedName)];
  }

  /** Of one object with the fields that are selected, without what lies below. */
  #weightOf(runtimeType: string, fields: readonly CollectedField[]): number {
    const { costs } = this.context;
    return fields.reduce((sum, { fieldName, type, unless }) => {
      // It was counted where it may be first.
      if (unless.length > 0) return sum;
      const named = type && getNamedType(type);
      const own = costs.ofField(runtimeType, fieldName);
      return sum + (own ?? (isLeafType(named) ? costs.ofType(named.name) : 0));
    }, costs.ofType(runtimeType));
  }
}
