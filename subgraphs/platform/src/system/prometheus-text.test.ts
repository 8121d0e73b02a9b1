import { describe, expect, test } from '@jest/globals';
import { parsePrometheus } from './prometheus-text.ts';

const parse = (text: string, most = 100) => [...parsePrometheus(text, (name) => name !== 'unwanted', most).values()];

describe("Prometheus' text", () => {
  test('is read series by series', () => {
    const text = [
      '# HELP requests_total Requests, with "quotes"',
      '# TYPE requests_total counter',
      'requests_total{code="200",method="GET"} 1027 1395066363000',
      'requests_total{code="500",} 3',
      'up 1',
      'took_bucket{le="+Inf"} 7',
      'temperature -1.5e-3',
      'endless +Inf',
      'unwanted 4',
      '',
    ].join('\n');
    expect(parse(text)).toEqual([
      { name: 'requests_total', labels: { code: '200', method: 'GET' }, value: 1_027 },
      { name: 'requests_total', labels: { code: '500' }, value: 3 },
      { name: 'up', labels: {}, value: 1 },
      { name: 'took_bucket', labels: { le: '+Inf' }, value: 7 },
      { name: 'temperature', labels: {}, value: -0.0015 },
      { name: 'endless', labels: {}, value: Infinity },
    ]);
  });

  test('has escapes in its labels, and braces', () => {
    const [sample] = parse(String.raw`odd{path="C:\\a",said="\"hi\"\n",set="{a=\"b\"}"} 1`);
    expect(sample?.labels).toEqual({ path: 'C:\\a', said: '"hi"\n', set: '{a="b"}' });
  });

  test.each(['', '<html>', 'name', 'name{', 'name NaN', '{} 1', 'name{a="b"} much'])(
    'what is no sample is passed over: %j',
    (text) => expect(parse(text)).toEqual([]),
  );

  test('of a process that tells too much, so much is read', () => {
    expect(parse(Array.from({ length: 500 }, (_, n) => `name{n="${n}"} 1`).join('\n'), 50)).toHaveLength(50);
  });
});
