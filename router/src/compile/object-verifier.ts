import { generateVerifier, type Verifier, type Verify } from './generate-verifier.ts';
import { ObjectFunctions, type ObjectSource } from './object-functions.ts';

/** Verifies objects that say nothing of what they are, or only as they were asked to. */
export class ObjectVerifier extends ObjectFunctions<Verify> implements Verifier {
  protected generate(source: ObjectSource): Verify {
    return generateVerifier({
      ...source,
      child: (field) => {
        const below = this.below(field);
        return below && new ObjectVerifier(...below);
      },
    });
  }
}
