import type { Metric, MetricObjectWithValues, MetricValueWithName, Registry } from 'prom-client';

export interface HotHistogramOptions<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly L[];
  /** Upper bounds, ascending. */
  readonly buckets: readonly number[];
  readonly registers: readonly Registry[];
}

interface Series {
  readonly labels: Record<string, string>;
  /** By bound; the last one holds what is above all of them. */
  readonly counts: Float64Array;
  sum: number;
}

/**
 * A histogram as prom-client's, for paths where an observation must cost next to nothing: labels are looked up by one
 * string, and cumulated when somebody asks.
 */
export class HotHistogram<L extends string> {
  readonly #options: HotHistogramOptions<L>;
  readonly #series = new Map<string, Series>();
  readonly name: string;

  constructor(options: HotHistogramOptions<L>) {
    this.#options = options;
    this.name = options.name;
    for (const registry of options.registers) registry.registerMetric(this as unknown as Metric);
  }

  observe(labels: Readonly<Record<L, string>>, value: number): void {
    this.#observe(this.#keyOf(labels), labels, value);
  }

  /** As `observe`, for labels that are known beforehand. */
  observerOf(labels: Readonly<Record<L, string>>): (value: number) => void {
    const key = this.#keyOf(labels);
    return (value) => this.#observe(key, labels, value);
  }

  /** Drops every series with this value of a label. */
  forget(label: L, value: string): void {
    for (const [key, { labels }] of this.#series) if (labels[label] === value) this.#series.delete(key);
  }

  #keyOf(labels: Readonly<Record<L, string>>): string {
    let key = '';
    for (const name of this.#options.labelNames) key += `${labels[name]}\n`;
    return key;
  }

  #observe(key: string, labels: Readonly<Record<L, string>>, value: number): void {
    const { buckets } = this.#options;
    let series = this.#series.get(key);
    if (!series) {
      series = { labels: { ...labels }, counts: new Float64Array(buckets.length + 1), sum: 0 };
      this.#series.set(key, series);
    }
    let index = 0;
    while (index < buckets.length && value > (buckets[index] as number)) index += 1;
    (series.counts[index] as number) += 1;
    series.sum += value;
  }

  /** As registries ask for it. */
  async get(): Promise<
    Omit<MetricObjectWithValues<MetricValueWithName<string>>, 'collect' | 'type'> & { type: string }
  > {
    const { name, help } = this.#options;
    const values = [...this.#series.values()].flatMap((series) => this.#valuesOf(series));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }

  reset(): void {
    this.#series.clear();
  }

  #valuesOf({ labels, counts, sum }: Series): MetricValueWithName<string>[] {
    const { name, buckets } = this.#options;
    let count = 0;
    const cumulated = [...counts].map((own, index) => {
      count += own;
      const le = index < buckets.length ? (buckets[index] as number) : '+Inf';
      return { labels: { le, ...labels }, value: count, metricName: `${name}_bucket` };
    });
    return [
      ...cumulated,
      { labels, value: sum, metricName: `${name}_sum` },
      { labels, value: count, metricName: `${name}_count` },
    ];
  }
}
