import { describe, expect, test } from '@jest/globals';
import { parsePrometheus } from './prometheus-text.ts';
import { increase, named, perSecond, quantile, type Look } from './rates.ts';

const look = (at: number, ...lines: string[]): Look => ({
  at,
  samples: parsePrometheus(lines.join('\n'), () => true, 1_000),
});
const total = named('total');

describe('how much a counter has grown', () => {
  test('is the difference over all looks, a second', () => {
    const looks = [look(0, 'total{a="x"} 10', 'total{a="y"} 1'), look(2_000, 'total{a="x"} 14', 'total{a="y"} 3')];
    expect(increase(looks, total)).toBe(6);
    expect(perSecond(looks, total)).toBe(3);
    expect(perSecond(looks, named('total', { a: 'x' }))).toBe(2);
  });

  test('is never negative: a process that began anew has counted what it shows', () => {
    const looks = [look(0, 'total 1000'), look(1_000, 'total 1010'), look(2_000, 'total 4'), look(4_000, 'total 6')];
    expect(increase(looks, total)).toBe(10 + 4 + 2);
    expect(perSecond(looks, total)).toBe(4);
  });

  test('counts a series that is new from 0', () => {
    expect(increase([look(0, 'total{a="x"} 5'), look(1_000, 'total{a="x"} 5', 'total{a="y"} 2')], total)).toBe(2);
  });

  test('is not known from one look, and 0 where nothing is counted', () => {
    expect(perSecond([], total)).toBeNull();
    expect(perSecond([look(0, 'total 5')], total)).toBeNull();
    expect(perSecond([look(0), look(1_000)], total)).toBe(0);
  });
});

describe('a quantile', () => {
  const buckets = named('took_bucket');
  const histogram = (at: number, counts: Record<string, number>, label = '') =>
    look(at, ...Object.entries(counts).map(([le, count]) => `took_bucket{le="${le}"${label}} ${count}`));

  test('lies linearly within its bucket, by what was observed in between only', () => {
    const before = histogram(0, { '0.1': 100, '0.2': 100, '+Inf': 100 });
    const after = histogram(1_000, { '0.1': 100, '0.2': 110, '+Inf': 110 });
    expect(quantile([before, after], buckets, 0.5)).toBeCloseTo(0.15);
    expect(quantile([before, after], buckets, 0.95)).toBeCloseTo(0.195);
  });

  test('begins at 0 in the first bucket, and is the last bound above it', () => {
    const nothing = histogram(0, { '0.1': 0, '1': 0, '+Inf': 0 });
    expect(quantile([nothing, histogram(1, { '0.1': 4, '1': 4, '+Inf': 4 })], buckets, 0.5)).toBeCloseTo(0.05);
    expect(quantile([nothing, histogram(1, { '0.1': 0, '1': 1, '+Inf': 10 })], buckets, 0.95)).toBe(1);
  });

  test('is of all selected histograms together', () => {
    const lines = (count: number) =>
      ['a', 'b'].flatMap((name) => [
        `took_bucket{le="1",n="${name}"} ${count}`,
        `took_bucket{le="+Inf",n="${name}"} ${count}`,
      ]);
    expect(quantile([look(0, ...lines(0)), look(1, ...lines(3))], buckets, 0.5)).toBeCloseTo(0.5);
  });

  test('is not known where nothing was observed', () => {
    const same = histogram(0, { '0.1': 7, '+Inf': 7 });
    expect(quantile([same, { ...same, at: 1 }], buckets, 0.95)).toBeNull();
    expect(quantile([], buckets, 0.95)).toBeNull();
  });
});
