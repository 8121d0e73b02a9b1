import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Guest } from '../../e2e/src/guest.ts';
import { Restaurant } from '../../e2e/src/restaurant.ts';
import { Door } from './door.ts';
import { HostileSubgraphs } from './hostile-subgraphs.ts';
import { acquire, gather, type Belongings, type Person, type Who } from './people.ts';
import { RouterProcess } from './router-process.ts';
import { doorSettings, listedOperation, type DoorName, type Settings } from './settings.ts';
import { Forger } from './forger.ts';

const root = resolve(import.meta.dirname, '../../..');
const MENU = '{ dishes(first: 2) { edges { node { id name price { amountMinor } } } } }';

/** The whole of Brigade, started once for all attacks, with routers before it that differ in their settings. */
export class Stage {
  readonly #doors = new Map<DoorName, Promise<Door>>();
  readonly #routers: RouterProcess[] = [];

  private constructor(
    readonly restaurant: Restaurant,
    readonly people: Readonly<Record<Person, Guest>>,
    readonly belongings: Belongings,
    readonly forger: Forger,
    readonly hostile: HostileSubgraphs,
  ) {}

  static async open(): Promise<Stage> {
    // Without a grace, a refresh token that comes again is always theft: nobody has to wait for it to become so.
    const restaurant = await Restaurant.open({ REFRESH_GRACE_SECONDS: '0' });
    try {
      const people = await gather(restaurant);
      const [belongings, forger, hostile] = await Promise.all([
        acquire(people.guest),
        Forger.open(restaurant.env),
        HostileSubgraphs.open(),
      ]);
      return new Stage(restaurant, people, belongings, forger, hostile);
    } catch (error) {
      await restaurant.close();
      throw error;
    }
  }

  /** A router to attack, started at the first call. */
  door(name: DoorName): Promise<Door> {
    const known = this.#doors.get(name) ?? this.#open(name);
    this.#doors.set(name, known);
    return known;
  }

  tokenOf(who: Who): string | undefined {
    return who === 'nobody' ? undefined : this.people[who].accessToken;
  }

  userIdOf(who: Person): string {
    return this.people[who].userId;
  }

  async close(): Promise<void> {
    for (const door of await Promise.allSettled(this.#doors.values())) {
      if (door.status === 'fulfilled') door.value.close();
    }
    await Promise.all(this.#routers.map((router) => router.stop()));
    await this.hostile.close();
    await this.restaurant.close();
  }

  async #open(name: DoorName): Promise<Door> {
    const { restaurant, hostile } = this;
    if (name === 'development') {
      const processes = [restaurant.pidOf('router'), restaurant.pidOf('host')];
      return Door.open({ url: restaurant.url, witness: MENU, processes });
    }
    const brigade = parse(readFileSync(join(root, 'router/brigade.yaml'), 'utf8')) as Settings;
    const router = await RouterProcess.start(doorSettings[name](brigade, hostile), {
      ...restaurant.env,
      SUPERGRAPH_FILE: join(root, 'schema/supergraph.graphql'),
    });
    this.#routers.push(router);
    const { url, pid } = router;
    if (name === 'hostile' || name === 'guarded') {
      return Door.open({ url, witness: hostile.witness, processes: [pid] });
    }
    const witness = name === 'safelisted' ? listedOperation('menu') : MENU;
    return Door.open({ url, witness, processes: [pid, restaurant.pidOf('host')] });
  }
}
