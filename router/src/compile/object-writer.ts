import { IRREGULAR, generateWriter, type Write, type Writer } from './generate-writer.ts';
import { ObjectFunctions, type ObjectSource } from './object-functions.ts';

/** Writes objects as what was asked for, where nothing is wrong with them: the rest is left to `ObjectProjector`. */
export class ObjectWriter extends ObjectFunctions<Write> implements Writer {
  readonly write: Write = (input, output, at, context) => {
    const typename = input.__typename;
    if (!typename || typename === this.declaredType) return this.declared(input, output, at, context);
    const write = typeof typename === 'string' ? this.ofType(typename) : undefined;
    return write ? write(input, output, at, context) : IRREGULAR;
  };

  protected generate(source: ObjectSource): Write {
    return generateWriter({
      ...source,
      child: (field) => {
        const below = this.below(field);
        return below && new ObjectWriter(...below);
      },
    });
  }
}
