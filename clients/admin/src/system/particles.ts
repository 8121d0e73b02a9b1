import type { SystemEdge } from './map-layout.ts';

/** Something on its way along an edge. */
export interface Particle {
  readonly edge: SystemEdge;
  /** 0 at its beginning, 1 at its end. */
  part: number;
  readonly isError: boolean;
}

/** Seconds that one takes. */
const JOURNEY = 1.4;
/** In flight on one edge at most; beyond that more traffic is not to be told apart. */
const MOST = 14;

/**
 * Particles for the traffic that is measured: as many a second as there are requests or messages, up to what can be
 * seen. A quiet edge sends none.
 */
export class Particles {
  #edges: readonly SystemEdge[] = [];
  readonly #owed = new Map<string, number>();
  readonly #flying: Particle[] = [];

  get flying(): readonly Particle[] {
    return this.#flying;
  }

  measure(edges: readonly SystemEdge[]): void {
    this.#edges = edges;
  }

  /** Lets time pass. @param seconds since the last call */
  advance(seconds: number): void {
    const step = Math.min(seconds, 0.25);
    for (const particle of this.#flying) particle.part += step / JOURNEY;
    for (let index = this.#flying.length - 1; index >= 0; index -= 1) {
      if ((this.#flying[index]?.part ?? 1) >= 1) this.#flying.splice(index, 1);
    }
    for (const edge of this.#edges) {
      const rate = Math.min(edge.perSecond, MOST / JOURNEY);
      const owed = (this.#owed.get(edge.id) ?? 0) + rate * step;
      const whole = Math.floor(owed);
      this.#owed.set(edge.id, owed - whole);
      const errors = edge.perSecond > 0 ? edge.errorsPerSecond / edge.perSecond : 0;
      for (let count = 0; count < whole; count += 1) {
        this.#flying.push({ edge, part: (count / whole) * (step / JOURNEY), isError: Math.random() < errors });
      }
    }
  }
}
