import { createHash } from 'node:crypto';
import type { Finding } from '../composition.ts';
import type { LintFinding } from '../lint/findings.ts';
import type { Check } from '../registry.ts';
import type { JudgedChange, Verdict } from '../verdict.ts';

// How verdicts look in rover's words.

/** A check, whose answer is known as soon as it is asked for. */
export function workflowOf({ verdict }: Check) {
  const tasks = verdict.composes
    ? [composition('PASSED', verdict), operations(verdict)]
    : [composition('FAILED', verdict), { __typename: 'OperationsCheckTask', status: 'BLOCKED', result: null }];
  return { status: verdict.passes ? 'PASSED' : 'FAILED', tasks };
}

const composition = (status: string, verdict: Verdict) => ({
  __typename: 'CompositionCheckTask',
  status,
  coreSchemaModified: verdict.composes && verdict.supergraphChanges,
  result: { errors: verdict.composes ? [] : verdict.errors.map(buildError) },
});

const operations = (verdict: Extract<Verdict, { composes: true }>) => ({
  __typename: 'OperationsCheckTask',
  status: verdict.passes ? 'PASSED' : 'FAILED',
  result: {
    checkSeverity: verdict.passes ? 'PASS' : 'FAIL',
    numberOfCheckedOperations: verdict.operations,
    changes: verdict.changes.map((change) => ({
      severity: change.fails ? 'FAILURE' : 'NOTICE',
      code: change.code,
      description: describe(change),
    })),
  },
});

/** The change with what it does to the recorded operations. */
export function describe({ description, weight, breaks }: JudgedChange): string {
  if (breaks.length > 0) return `${description} (breaks ${breaks.join(', ')})`;
  return weight === 'breaking' ? `${description} (breaking, but no recorded operation uses it)` : description;
}

export const buildError = ({ message, code, places }: Finding) => ({
  message,
  code,
  locations: places.flatMap(({ start }) => start ?? []),
});

/** Every finding is an error: what is not worth failing is not a rule. */
export const lintResult = (findings: readonly LintFinding[]) => ({
  diagnostics: findings.map(({ rule, coordinate, message, start, end }) => ({
    level: 'ERROR',
    rule,
    coordinate,
    message,
    sourceLocations: [{ start, end }],
  })),
  stats: { errorsCount: findings.length, warningsCount: 0 },
});

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
