import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

const FILE = join(resolve(import.meta.dirname, '../..'), 'loadtest/RESULTS.md');
const TITLE =
  '# Results\n\nWhat the benchmarks printed, each with when, where and how. Ratios within one table are comparable; tables of different machines are not.\n';

/** Puts a benchmark's result in the place of its last one. @param command the npm script */
export function writeResults(command: string, text: string): void {
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : TITLE;
  const sections = before.split(/^(?=## )/m).filter((section) => !section.startsWith(`## ${command}\n`));
  const args = process.argv.slice(2).join(' ');
  const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
  const section = `## ${command}\n\n\`npm run ${command}${args ? ` -- ${args}` : ''}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.\n\n${text.trim()}\n\n`;
  writeFileSync(FILE, `${[...sections, section].map((one) => one.trim()).join('\n\n')}\n`);
}
