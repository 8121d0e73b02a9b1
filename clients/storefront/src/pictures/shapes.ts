import type { Random } from './random.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something lies, in SVG's words. */
export const at = (x: number, y: number, turn = 0, scale = 1): string =>
  `translate(${round(x)} ${round(y)}) rotate(${round(turn)}) scale(${round(scale)})`;

interface BlobOptions {
  /** How far the edge leaves the circle, as a part of the radius. */
  readonly wobble?: number;
  readonly points?: number;
  /** Height over width. */
  readonly squash?: number;
}

/** A closed, smooth outline around the origin, as hands form it. */
export function blob(
  random: Random,
  radius: number,
  { wobble = 0.1, points = 9, squash = 1 }: BlobOptions = {},
): string {
  const corners = Array.from({ length: points }, (_nothing, index) => {
    const angle = ((index + random.between(-0.2, 0.2)) / points) * Math.PI * 2;
    const reach = radius * (1 + random.between(-wobble, wobble));
    return { x: Math.cos(angle) * reach, y: Math.sin(angle) * reach * squash };
  });
  return smooth(corners);
}

/** A Catmull-Rom curve through the points, closed, as Bézier curves. */
export function smooth(points: readonly Point[]): string {
  const point = (index: number) => points[(index + points.length) % points.length] ?? { x: 0, y: 0 };
  const curves = points.map((to, index) => {
    const [before, from, after] = [point(index - 2), point(index - 1), point(index + 1)];
    const one = { x: from.x + (to.x - before.x) / 6, y: from.y + (to.y - before.y) / 6 };
    const two = { x: to.x - (after.x - from.x) / 6, y: to.y - (after.y - from.y) / 6 };
    return `C${pair(one)} ${pair(two)} ${pair(to)}`;
  });
  return `M${pair(point(-1))}${curves.join('')}Z`;
}

/** Places in a disk around the origin, far from each other: each is the best of a few. */
export function scatter(random: Random, count: number, radius: number): Point[] {
  const places: Point[] = [];
  for (let index = 0; index < count; index += 1) {
    let best: Point = { x: 0, y: 0 };
    let farthest = -1;
    for (let trial = 0; trial < 10; trial += 1) {
      const angle = random.between(0, Math.PI * 2);
      const reach = Math.sqrt(random.next()) * radius;
      const place = { x: Math.cos(angle) * reach, y: Math.sin(angle) * reach };
      const nearest = Math.min(...places.map((other) => Math.hypot(other.x - place.x, other.y - place.y)), radius * 2);
      if (nearest > farthest) [best, farthest] = [place, nearest];
    }
    places.push(best);
  }
  return places;
}

/** Places on a circle, not quite even. */
export function ring(random: Random, count: number, radius: number): (Point & { readonly turn: number })[] {
  return Array.from({ length: count }, (_nothing, index) => {
    const angle = ((index + random.between(-0.25, 0.25)) / count) * Math.PI * 2;
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius, turn: (angle * 180) / Math.PI };
  });
}

const round = (value: number): number => Math.round(value * 100) / 100;
const pair = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
