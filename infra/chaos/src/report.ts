import type { Violation } from './evidence/evidence.ts';
import type { ToldOrder } from './load/told.ts';

/** What a class of faults did, in numbers. */
export interface Row {
  fault: string;
  acknowledged: number;
  refused: number;
  indeterminate: number;
  lost: number;
  doubled: number;
  wrong: number;
  /** The longest time in which clients asked and nobody was served, seconds. */
  secondsWithoutService: number;
  secondsToDrain: number;
}

const columns: readonly [title: string, value: (row: Row) => string][] = [
  ['fault', ({ fault }) => fault],
  ['acknowledged', ({ acknowledged }) => String(acknowledged)],
  ['refused', ({ refused }) => String(refused)],
  ['indeterminate', ({ indeterminate }) => String(indeterminate)],
  ['lost', ({ lost }) => String(lost)],
  ['doubled', ({ doubled }) => String(doubled)],
  ['wrong', ({ wrong }) => String(wrong)],
  ['s without service', ({ secondsWithoutService }) => secondsWithoutService.toFixed(1)],
  ['s to drain', ({ secondsToDrain }) => secondsToDrain.toFixed(1)],
];

export function rowOf(
  fault: string,
  told: readonly ToldOrder[],
  violations: readonly Violation[],
  secondsToDrain: number,
): Row {
  const count = (outcome: ToldOrder['outcome']) => told.filter((order) => order.outcome === outcome).length;
  const kind = (wanted: Violation['kind']) => violations.filter((violation) => violation.kind === wanted).length;
  return {
    fault,
    acknowledged: count('acknowledged'),
    refused: count('refused'),
    indeterminate: count('indeterminate'),
    lost: kind('lost'),
    doubled: kind('doubled'),
    wrong: kind('wrong'),
    secondsWithoutService: secondsWithoutService(told),
    secondsToDrain,
  };
}

/**
 * The longest span between an attempt that was served and the next one that was, in which an attempt failed. 0 when
 * none did.
 */
export function secondsWithoutService(told: readonly ToldOrder[]): number {
  const attempts = told.flatMap((order) => order.attempts).toSorted((a, b) => a.to - b.to);
  let longest = 0;
  let lastServed = attempts[0]?.from ?? 0;
  let failed = false;
  for (const { to, outcome } of attempts) {
    if (outcome !== 'acknowledged') failed = true;
    else {
      if (failed) longest = Math.max(longest, to - lastServed);
      lastServed = to;
      failed = false;
    }
  }
  return longest / 1_000;
}

export function total(rows: readonly Row[]): Row {
  const sum = (value: (row: Row) => number) => rows.reduce((all, row) => all + value(row), 0);
  return {
    fault: 'together',
    acknowledged: sum((row) => row.acknowledged),
    refused: sum((row) => row.refused),
    indeterminate: sum((row) => row.indeterminate),
    lost: sum((row) => row.lost),
    doubled: sum((row) => row.doubled),
    wrong: sum((row) => row.wrong),
    secondsWithoutService: Math.max(0, ...rows.map((row) => row.secondsWithoutService)),
    secondsToDrain: Math.max(0, ...rows.map((row) => row.secondsToDrain)),
  };
}

export function table(rows: readonly Row[]): string {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, value]) => value(row)))];
  const widths = columns.map((_column, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
