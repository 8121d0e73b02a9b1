import type { Sample, Samples } from './prometheus-text.ts';

/** A look at one process, or at one store. */
export interface Look {
  /** Milliseconds, by a clock that only goes on. */
  readonly at: number;
  readonly samples: Samples;
}

export type Select = (sample: Sample) => boolean;

/** Series of one name, those with these labels. */
export const named =
  (name: string, labels: Readonly<Record<string, string>> = {}): Select =>
  (sample) =>
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value);

/**
 * How much the selected counters have grown over the looks, oldest first. A counter that is smaller than before began
 * anew with its process, and has counted what it shows since; one that was not there before began at 0.
 */
export function increase(looks: readonly Look[], select: Select): number {
  let grown = 0;
  for (let index = 1; index < looks.length; index += 1) {
    const before = looks[index - 1]?.samples;
    for (const [key, sample] of looks[index]?.samples ?? []) {
      if (select(sample)) grown += step(before?.get(key)?.value ?? 0, sample.value);
    }
  }
  return grown;
}

const step = (before: number, after: number): number => (after < before ? after : after - before);

/** `increase` a second; null while there are not two looks. Never negative. */
export function perSecond(looks: readonly Look[], select: Select): number | null {
  const [first, last] = [looks[0], looks.at(-1)];
  if (!first || !last || last.at <= first.at) return null;
  return (increase(looks, select) / (last.at - first.at)) * 1_000;
}

/**
 * A quantile of what histograms observed over the looks, linear within its bucket, as Prometheus' histogram_quantile has
 * it; null where nothing was observed. Above the last bound it is that bound.
 * @param buckets selects the series `..._bucket` of one or more histograms
 */
export function quantile(looks: readonly Look[], buckets: Select, share: number): number | null {
  const bounds = new Set<number>();
  for (const sample of looks.at(-1)?.samples.values() ?? []) if (buckets(sample)) bounds.add(boundOf(sample));
  const cumulated = [...bounds]
    .toSorted((one, other) => one - other)
    .map((bound) => ({ bound, count: increase(looks, (sample) => buckets(sample) && boundOf(sample) === bound) }));
  const wanted = share * (cumulated.at(-1)?.count ?? 0);
  if (wanted === 0) return null;
  let below = { bound: 0, count: 0 };
  for (const bucket of cumulated) {
    if (bucket.count >= wanted) {
      if (bucket.bound === Infinity) return below.bound;
      const within = (wanted - below.count) / (bucket.count - below.count);
      return below.bound + (bucket.bound - below.bound) * within;
    }
    below = bucket;
  }
  return below.bound;
}

const boundOf = ({ labels }: Sample): number => (labels.le === '+Inf' ? Infinity : Number(labels.le));
