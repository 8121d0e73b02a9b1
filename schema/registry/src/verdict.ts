import { changesBetween, type Change } from './changes.ts';
import { apiSchemaOf, type Composition, type Finding } from './composition.ts';
import { coordinatesOf, faultsOf, type RecordedOperation } from './recorded-operation.ts';

export interface JudgedChange extends Change {
  /** Names of the recorded operations that it breaks. */
  readonly breaks: readonly string[];
  readonly fails: boolean;
}

/** What a proposal would do to the supergraph and to the operations that clients are known to send. */
export type Verdict =
  | { readonly composes: false; readonly passes: false; readonly errors: readonly Finding[] }
  | {
      readonly composes: true;
      readonly passes: boolean;
      readonly supergraphSdl: string;
      readonly hints: readonly Finding[];
      /** Whether the router would get another supergraph, also when clients see no change. */
      readonly supergraphChanges: boolean;
      readonly changes: readonly JudgedChange[];
      /** Recorded operations that were looked at. */
      readonly operations: number;
    };

export interface Rules {
  /** A breaking change fails even when no recorded operation uses what it breaks. */
  readonly strict: boolean;
}

/**
 * Judges the whole of what is proposed against the whole of what is published.
 *
 * A breaking change fails when a recorded operation uses its coordinate. An operation that was valid and is not any
 * more fails in any case, under the name of its own fault if no change explains it.
 */
export async function judge(
  base: Composition,
  next: Composition,
  operations: readonly RecordedOperation[],
  { strict }: Rules,
): Promise<Verdict> {
  if (!next.ok) return { composes: false, passes: false, errors: next.errors };
  const { supergraphSdl, hints } = next;
  // Nothing published, or nothing that composes: there is no client to break.
  if (!base.ok) {
    return { composes: true, passes: true, supergraphSdl, hints, supergraphChanges: true, changes: [], operations: 0 };
  }

  const supergraphChanges = base.supergraphSdl !== supergraphSdl;
  const before = apiSchemaOf(base.supergraphSdl);
  const after = supergraphChanges ? apiSchemaOf(supergraphSdl) : before;
  const known = operations
    .filter((operation) => faultsOf(before, operation).length === 0)
    .map((operation) => ({
      name: operation.name,
      uses: coordinatesOf(before, operation),
      faults: faultsOf(after, operation),
    }));
  const changes = (await changesBetween(before, after)).map((change): JudgedChange => {
    const breaks = change.weight === 'breaking' ? known.filter(({ uses }) => touches(change, uses)) : [];
    const fails = breaks.length > 0 || (strict && change.weight === 'breaking');
    return { ...change, breaks: breaks.map(({ name }) => name), fails };
  });
  const explained = new Set(changes.flatMap(({ breaks }) => breaks));
  for (const { name, faults } of known) {
    if (faults.length === 0 || explained.has(name)) continue;
    const description = `${name} is not valid any more: ${faults.join(' ')}`;
    changes.unshift({
      code: 'OPERATION_INVALID',
      coordinate: '',
      description,
      weight: 'breaking',
      breaks: [name],
      fails: true,
    });
  }
  const passes = changes.every(({ fails }) => !fails);
  return { composes: true, passes, supergraphSdl, hints, supergraphChanges, changes, operations: known.length };
}

/** Something required that did not exist before breaks whoever uses the place where it was added. */
const added = new Set(['FIELD_ARGUMENT_ADDED', 'INPUT_FIELD_ADDED']);

function touches({ code, coordinate }: Change, uses: ReadonlySet<string>): boolean {
  if (uses.has(coordinate)) return true;
  return added.has(code) && uses.has(coordinate.slice(0, coordinate.lastIndexOf('.')));
}
