import type { DeadLetter, DeadLetterAction } from '../graphql/dead-letter.type.ts';

const columns: readonly { title: string; of: (letter: DeadLetter) => string }[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATUS', of: ({ status }) => status },
  { title: 'CONSUMER', of: ({ consumer }) => consumer },
  { title: 'MESSAGE', of: ({ messageName }) => messageName },
  { title: 'DEATHS', of: ({ deaths }) => String(deaths) },
  { title: 'LAST FAILED', of: ({ lastFailedAt }) => timeOf(lastFailedAt) },
  { title: 'REASON', of: ({ reason }) => shorten(reason, 80) },
];

/** One line a letter, under a head; columns as wide as what is in them. */
export function formatTable(letters: readonly DeadLetter[]): string {
  const rows = [
    columns.map(({ title }) => title),
    ...letters.map((letter) => columns.map(({ of }) => printable(of(letter)))),
  ];
  const widths = columns.map((_column, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd() + '\n',
    )
    .join('');
}

/** Everything about one letter. */
export function formatLetter(letter: DeadLetter, actions: readonly DeadLetterAction[]): string {
  const facts: [string, string | null | undefined][] = [
    ['id', letter.id],
    ['status', letter.status],
    ['consumer', letter.consumer],
    ['queue', letter.queue],
    ['message', letter.messageName],
    ['message id', letter.messageId],
    [letter.order ? 'order' : 'subject', letter.subject],
    ['deaths', `${letter.deaths}, the last after ${letter.attempts} attempt(s)`],
    ['first failed', timeOf(letter.firstFailedAt)],
    ['last failed', timeOf(letter.lastFailedAt)],
    ['reason', letter.reason],
  ];
  const body = letter.readable
    ? JSON.stringify(JSON.parse(letter.body), null, 2)
    : `(${letter.contentType || 'no content type'}, base64)\n${letter.body}`;
  return [
    ...facts.map(([name, value]) => `${name.padEnd(14)}${printable(value ?? '-', 'lines')}`),
    section('body', body),
    ...(letter.stack ? [section('stack', letter.stack)] : []),
    section('audit', actions.map(formatAction).join('\n')),
    '',
  ].join('\n');
}

const formatAction = ({ kind, who, at, why, before, after }: DeadLetterAction): string =>
  [
    `${timeOf(at)}  ${kind.padEnd(17)}  ${who}: ${shorten(why, 160)}`,
    ...(before && after ? [`  before  ${before}`, `  after   ${after}`] : []),
  ].join('\n');

const section = (title: string, content: string): string =>
  `\n${title}\n${printable(content, 'lines').replaceAll(/^/gm, '  ')}`;

const timeOf = (at: Date | null | undefined): string => at?.toISOString() ?? '-';

/** On one line, and not longer than `max` characters. */
function shorten(text: string, max: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}

/** A reason or payload may hold anything: control characters could play tricks with the terminal. */
const printable = (text: string, keep: 'none' | 'lines' = 'none'): string =>
  // eslint-disable-next-line no-control-regex
  text.replaceAll(keep === 'lines' ? /[^\P{Cc}\n\t]/gu : /\p{Cc}/gu, '\uFFFD');
