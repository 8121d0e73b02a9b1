import { describe, expect, test } from '@jest/globals';
import type { SystemEdge } from './map-layout.ts';
import { Particles } from './particles.ts';

const edge = (perSecond: number, errorsPerSecond = 0): SystemEdge => ({
  id: 'router orders',
  from: 'router',
  to: 'orders',
  traffic: 'REQUESTS',
  perSecond,
  errorsPerSecond,
});
const after = (particles: Particles, seconds: number) => {
  for (let step = 0; step < seconds * 50; step += 1) particles.advance(0.02);
  return particles.flying;
};

describe('particles', () => {
  test('a quiet edge sends none, a busy one as many as can be told apart', () => {
    const particles = new Particles();
    particles.measure([edge(0)]);
    expect(after(particles, 5)).toHaveLength(0);
    particles.measure([edge(5)]);
    const few = after(particles, 5).length;
    expect(few).toBeGreaterThan(3);
    particles.measure([edge(5_000)]);
    expect(after(particles, 5).length).toBeLessThanOrEqual(15);
    expect(particles.flying.length).toBeGreaterThan(few);
  });

  test('when all of it fails, all are marked', () => {
    const particles = new Particles();
    particles.measure([edge(5, 5)]);
    expect(after(particles, 3).every(({ isError }) => isError)).toBe(true);
  });

  test('after a long pause there is no flood', () => {
    const particles = new Particles();
    particles.measure([edge(5)]);
    particles.advance(600);
    expect(particles.flying.length).toBeLessThan(10);
  });
});
