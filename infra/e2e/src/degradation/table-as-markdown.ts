import { actions, expectations, outages, type Action, type Outage } from './expectations.ts';

/** The degradation table as the README shows it, but for the padding of its columns. */
export function tableAsMarkdown(): string {
  const columns = Object.keys(actions) as Action[];
  const rows = Object.keys(outages) as Outage[];
  return [
    line(['down', ...columns.map((column) => actions[column])]),
    line(['---', ...columns.map(() => '---')]),
    ...rows.map((row) => line([`**${outages[row]}**`, ...columns.map((column) => expectations[row][column])])),
  ].join('\n');
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;
