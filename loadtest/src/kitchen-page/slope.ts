export interface HeapSize {
  /** Milliseconds of one clock. */
  readonly at: number;
  readonly megabytes: number;
}

/** How fast it grows, by least squares, MB a minute; 0 for fewer than two sizes. */
export function slopePerMinute(sizes: readonly HeapSize[]): number {
  const mean = (of: (size: HeapSize) => number) => sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length;
  const minutes = ({ at }: HeapSize) => at / 60_000;
  const [middle, average] = [mean(minutes), mean(({ megabytes }) => megabytes)];
  const spread = sizes.reduce((sum, size) => sum + (minutes(size) - middle) ** 2, 0);
  if (sizes.length < 2 || spread === 0) return 0;
  return sizes.reduce((sum, size) => sum + (minutes(size) - middle) * (size.megabytes - average), 0) / spread;
}
