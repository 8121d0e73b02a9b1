import { describe, expect, test } from '@jest/globals';
import { Histogram, Registry } from 'prom-client';
import { HotHistogram } from './hot-histogram.ts';

/** The order of labels means nothing. */
const sorted = (text: string): string =>
  text.replaceAll(/\{([^}]*)\}/g, (_all, labels: string) => `{${labels.split(',').toSorted().join(',')}}`);

describe('a histogram for hot paths', () => {
  test("tells what prom-client's own would", async () => {
    const options = { name: 'took_seconds', help: 'How long', labelNames: ['a', 'b'] as const, buckets: [0.1, 1, 10] };
    const [own, theirs] = [new Registry(), new Registry()];
    for (const registry of [own, theirs]) registry.setDefaultLabels({ service: 'x' });
    const hot = new HotHistogram({ ...options, registers: [own] });
    const usual = new Histogram({ ...options, labelNames: ['a', 'b'], registers: [theirs] });
    for (const [a, value] of [
      ['one', 0.05],
      ['one', 0.1],
      ['two', 5],
      ['one', 100],
      ['two', 0],
    ] as const) {
      hot.observe({ a, b: 'x' }, value);
      usual.observe({ a, b: 'x' }, value);
    }
    expect(sorted(await own.metrics())).toBe(sorted(await theirs.metrics()));
    expect(await own.metrics()).toContain('took_seconds_bucket{le="1",a="one",b="x",service="x"} 2');
  });

  test('forgets every series with a value of a label', async () => {
    const registry = new Registry();
    const labelNames = ['a', 'b'] as const;
    const hot = new HotHistogram({ name: 't', help: 'T', labelNames, buckets: [1], registers: [registry] });
    for (const a of ['one', 'two']) for (const b of ['one', 'three']) hot.observe({ a, b }, 1);
    hot.forget('a', 'one');
    const left = (await registry.metrics()).split('\n').filter((line) => line.startsWith('t_count'));
    expect(left.map((line) => /a="two"/.test(line))).toEqual([true, true]);
  });
});
