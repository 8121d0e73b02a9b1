/** One series of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The series of a scrape by their text (name and labels), which is the same in the next scrape. */
export type Samples = ReadonlyMap<string, Sample>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?\s*$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n' };

/**
 * Reads Prometheus' text format (0.0.4). What is no sample is passed over.
 * @param wanted by a series' name: only these are read
 * @param most series that are read at most
 */
export function parsePrometheus(text: string, wanted: (name: string) => boolean, most: number): Samples {
  const samples = new Map<string, Sample>();
  for (const line of text.split('\n')) {
    if (samples.size >= most) break;
    if (line.startsWith('#')) continue;
    const [, name, labels = '', value = ''] = LINE.exec(line) ?? [];
    if (name === undefined || !wanted(name)) continue;
    const number = numberFrom(value);
    if (!Number.isNaN(number)) samples.set(`${name}{${labels}}`, { name, labels: labelsFrom(labels), value: number });
  }
  return samples;
}

const labelsFrom = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(LABEL)].map(([, label = '', value = '']) => [
      label,
      value.replaceAll(/\\(.)/g, (_all, character: string) => ESCAPES[character] ?? character),
    ]),
  );

/** `+Inf` and `-Inf` are Prometheus' words. */
const numberFrom = (text: string): number => (/^[+-]Inf$/.test(text) ? Number(`${text}inity`) : Number(text));
