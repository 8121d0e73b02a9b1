import { isObjectType } from 'graphql';
import { generateProjector } from './generate-projector.ts';
import { ObjectFunctions, type ObjectSource } from './object-functions.ts';
import type { JsonObject } from './own.ts';
import { BUBBLE, type Project, type ProjectionContext, type Projector } from './projector.ts';

/**
 * Shapes objects into what was asked for: the selected fields in their order, nulls bubbled up, everything that was
 * fetched only for other subgraphs left out.
 */
export class ObjectProjector extends ObjectFunctions<Project> implements Projector {
  project(input: JsonObject, context: ProjectionContext): JsonObject | typeof BUBBLE | undefined {
    const typename = input.__typename;
    if (!typename || typename === this.declaredType) return this.declared(input, context);
    return typeof typename === 'string' ? this.ofType(typename)?.(input, context) : undefined;
  }

  typenameOf(value: unknown, runtimeType: string): string | typeof BUBBLE {
    const { schema } = this.context;
    const named = typeof value === 'string' ? (schema.getType(value) ?? schema.getType(runtimeType)) : undefined;
    const type = named ?? schema.getType(runtimeType);
    return isObjectType(type) ? type.name : BUBBLE;
  }

  protected generate(source: ObjectSource): Project {
    return generateProjector({
      ...source,
      own: this,
      child: (field) => {
        const below = this.below(field);
        return below && new ObjectProjector(...below);
      },
    });
  }
}
