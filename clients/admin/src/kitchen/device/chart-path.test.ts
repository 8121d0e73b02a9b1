import { expect, test } from '@jest/globals';
import { blankReading } from '../twin/track.ts';
import { chartPath, span } from './chart-path.ts';

const size = { width: 100, height: 50 };

test('a chart runs from left to right, high is up, and it is lifted where nothing was measured', () => {
  const readings = [0, 10, null, 20].map((setPoint, index) => ({ ...blankReading(), at: index * 10, setPoint }));
  expect(chartPath(readings, ({ setPoint }) => setPoint, { from: 0, to: 30 }, { low: 0, high: 20 }, size)).toBe(
    'M0.0 50.0L33.3 25.0M100.0 0.0',
  );
});

test('noise does not fill a chart', () => {
  const { low, high } = span([
    { ...blankReading(), temperature: 200.1 },
    { ...blankReading(), temperature: 200.4 },
  ]);
  expect(high - low).toBeGreaterThan(9);
  expect(span([])).toEqual({ low: 0, high: 100 });
});
