export type Mark = 'pass' | 'warn' | 'FAIL';

export interface Row {
  readonly what: string;
  readonly mark: Mark;
  readonly says: string;
}

/** Rows as aligned text, for people and for a pull request alike. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows.map(({ what, mark, says }) => `  ${mark}  ${what.padEnd(width)}  ${says}`.trimEnd()).join('\n');
}

export const failed = (rows: readonly Row[]): boolean => rows.some(({ mark }) => mark === 'FAIL');
