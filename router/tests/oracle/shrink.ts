import type { Model } from './model.ts';
import { OracleWorld, type Difference } from './oracle-world.ts';
import type { ClientOperation } from './random-client-operation.ts';
import { shrinkModel } from './shrink-model.ts';
import { shrinkOperation } from './shrink-operation.ts';

export interface SmallCase {
  readonly model: Model;
  readonly operation: ClientOperation;
  readonly difference: Difference;
}

/** A smaller case of the same fault, as far as one change at a time leads. */
export async function shrink(
  world: OracleWorld,
  operation: ClientOperation,
  difference: Difference,
): Promise<SmallCase> {
  const sort = sortOf(difference);
  const failsIn = async (in_: OracleWorld, candidate: ClientOperation): Promise<boolean> => {
    if (!in_.isValid(candidate.text)) return false;
    const found = await in_.compare(candidate).catch(() => undefined);
    return found !== undefined && sortOf(found) === sort;
  };
  let small = await shrinkOperation(operation, (candidate) => failsIn(world, candidate));
  const model = await shrinkModel(world.model, async (candidate) => {
    const smaller = openUnlessWrong(candidate);
    return smaller !== undefined && failsIn(smaller, small);
  });
  const smaller = openUnlessWrong(model);
  if (!smaller) throw new TypeError('the small model does not compose');
  small = await shrinkOperation(small, (candidate) => failsIn(smaller, candidate));
  const left = await smaller.compare(small);
  if (!left) throw new TypeError('the small case does not fail');
  return { model, operation: small, difference: left };
}

/** Faults of another sort are not taken for the same. */
function sortOf({ what, violations }: Difference): string {
  const [first = ''] = violations;
  return `${what.replaceAll(/ for .*/g, '')} ${/asked for \w+|without what|is missing|an invalid operation: \w+/.exec(first)?.[0] ?? ''}`;
}

function openUnlessWrong(model: Model): OracleWorld | undefined {
  try {
    return OracleWorld.open(model);
  } catch {
    return undefined;
  }
}
