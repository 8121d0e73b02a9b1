import { getNamedType, isCompositeType, isLeafType, isObjectType, type GraphQLSchema } from 'graphql';
import type { CollectedField, SelectionGroup, CollectContext } from './collect-fields.ts';
import { collectFields } from './collect-fields.ts';
import { generateProjector } from './generate-projector.ts';
import type { JsonObject } from './own.ts';
import { BUBBLE, type Project, type ProjectionContext, type Projector } from './projector.ts';

/**
 * Shapes objects into what was asked for: the selected fields in their order, nulls bubbled up, everything that was
 * fetched only for other subgraphs left out. For each type that turns up one function is generated.
 */
export class ObjectProjector implements Projector {
  declared: Project;
  readonly declaredType: string;
  readonly #byType = new Map<string, Project>();
  readonly #groups: readonly SelectionGroup[];
  readonly #context: CollectContext;

  constructor(declaredType: string, groups: readonly SelectionGroup[], context: CollectContext) {
    this.declaredType = declaredType;
    this.#groups = groups;
    this.#context = context;
    // Compiled when the first object turns up; many branches of an operation never do.
    this.declared = (input, given) => {
      this.declared = this.#compile(declaredType);
      return this.declared(input, given);
    };
  }

  get schema(): GraphQLSchema {
    return this.#context.schema;
  }

  project(input: JsonObject, context: ProjectionContext): JsonObject | typeof BUBBLE | undefined {
    const typename = input.__typename;
    if (!typename || typename === this.declaredType) return this.declared(input, context);
    if (typeof typename !== 'string') throw new Error(`Invalid non-string value ${String(typename)} for __typename`);
    const known = this.#byType.get(typename);
    if (known) return known(input, context);
    if (!isCompositeType(this.schema.getType(typename))) return undefined;
    const compiled = this.#compile(typename);
    this.#byType.set(typename, compiled);
    return compiled(input, context);
  }

  typenameOf(value: unknown, runtimeType: string): string | typeof BUBBLE {
    const named =
      typeof value === 'string' ? (this.schema.getType(value) ?? this.schema.getType(runtimeType)) : undefined;
    const type = named ?? this.schema.getType(runtimeType);
    return isObjectType(type) ? type.name : BUBBLE;
  }

  #compile(runtimeType: string): Project {
    const fields = collectFields(this.#groups, runtimeType, this.#context);
    return generateProjector({
      fields,
      weight: this.#weightOf(runtimeType, fields),
      runtimeType,
      schema: this.schema,
      own: this,
      child: ([first, ...rest]) => new ObjectProjector(first.parentType, [first, ...rest], this.#context),
    });
  }
  /** Of one object with the fields that are selected, without what lies below. */
  #weightOf(runtimeType: string, fields: readonly CollectedField[]): number {
    const { costs } = this.#context;
    return fields.reduce((sum, { fieldName, type }) => {
      const named = type && getNamedType(type);
      const own = costs.ofField(runtimeType, fieldName);
      return sum + (own ?? (isLeafType(named) ? costs.ofType(named.name) : 0));
    }, costs.ofType(runtimeType));
  }
}
