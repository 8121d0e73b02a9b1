import type { Domain } from './domain.ts';
import { happenings, type Happening } from './happenings.ts';
import { incidents, timers } from './incidents.ts';
import { Always, Broken, checkEnd } from './invariants.ts';
import { Restaurant, type Setting } from './restaurant.ts';

export interface Spell {
  /** How likely each kind of thing is meanwhile; 0: not at all, as with a consumer that is down. */
  swarm: readonly number[];
  /** What happens: each number picks a kind, one of it, and its luck. */
  choices: readonly number[];
  /** Whether it lasts until nothing more can go on without what is down. */
  settles: boolean;
}

export interface Scenario {
  setting: Setting;
  /** One spell after the other. */
  weather: readonly Spell[];
}

const GOOD_LUCK = 15;

/** Plays a scenario, then lets everything heal. @throws Broken with the promise that did not hold */
export function play({ setting, weather }: Scenario, domain: Domain, trace?: string[]): Restaurant {
  const restaurant = new Restaurant(setting, domain);
  const always = new Always();
  const flow = happenings(restaurant);
  const time = timers(restaurant);
  const kinds = [...incidents(restaurant), ...time, ...flow];
  const happen = (kind: Happening, n: number, luck: number) => {
    if (trace) trace.push(`${kind.name} ${n}${luck < 3 ? ` (luck ${luck})` : ''}`);
    kind.happen(n, luck);
    always.check(restaurant);
  };
  for (const { swarm, choices, settles } of weather) {
    const likely = kinds.map((kind, index) => ({ kind, weight: kind.weight * (swarm[index] ?? 1) }));
    for (const choice of choices) {
      const possible = likely.filter(({ kind, weight }) => weight > 0 && kind.count() > 0);
      const kind = pick(possible, choice);
      if (kind) happen(kind, (choice >>> 16) % kind.count(), (choice >>> 12) & 15);
    }
    if (settles)
      settle(
        flow.filter((_kind, index) => swarm[kinds.length - flow.length + index] !== 0),
        30,
        happen,
      );
  }
  heal(restaurant, flow, time, happen);
  checkEnd(restaurant);
  return restaurant;
}

function pick(possible: readonly { kind: Happening; weight: number }[], choice: number): Happening | undefined {
  let at = ((choice & 4_095) / 4_096) * possible.reduce((sum, { weight }) => sum + weight, 0);
  for (const { kind, weight } of possible) {
    at -= weight;
    if (at < 0) return kind;
  }
  return possible.at(-1)?.kind;
}

type Happen = (kind: Happening, n: number, luck: number) => void;

/**
 * What can go on goes on, each kind in its turn, for so many rounds or until nothing is left. Commands that only wait for
 * their answer are sent again when nothing else is left to do. @returns whether nothing is left
 */
function settle(flow: readonly Happening[], rounds: number, happen: Happen): boolean {
  const first = flow.filter(({ name }) => name !== 'send command');
  for (let round = 0; round < rounds; round += 1) {
    let done = 0;
    for (const kinds of [first, flow]) {
      if (done > 0) break;
      for (const kind of kinds) {
        if (kind.count() === 0) continue;
        happen(kind, 0, GOOD_LUCK);
        done += 1;
      }
    }
    if (done === 0) return true;
  }
  return false;
}

/** Everything works again; and whenever nothing can go on by itself, time passes, until nothing is left. */
function heal(restaurant: Restaurant, flow: readonly Happening[], time: readonly Happening[], happen: Happen): void {
  restaurant.provider.outage = false;
  for (const device of restaurant.devices) if (!device.up) device.restart();
  for (const id of restaurant.orderIds) if (!restaurant.orders.streams.has(id)) restaurant.place(id);
  const passes = time.filter(({ name }) => name !== 'device counts as down');
  for (let deadline = 0; deadline < 100; deadline += 1) {
    if (!settle(flow, 1_000, happen)) break;
    const next = passes.find((kind) => kind.count() > 0);
    if (!next) return;
    happen(next, 0, GOOD_LUCK);
  }
  throw new Broken('everything comes to rest');
}
