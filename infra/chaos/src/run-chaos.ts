import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'rabbitmq-client';
import { Arena } from './arena/arena.ts';
import { Chance } from './chance.ts';
import { drain } from './drain.ts';
import { check } from './evidence/check.ts';
import { Databases } from './evidence/databases.ts';
import type { Evidence, Violation } from './evidence/evidence.ts';
import { gather, readStock, rebuiltIdentical } from './evidence/gather.ts';
import { connectToBroker } from './evidence/queues.ts';
import type { FaultClass } from './faults/fault.ts';
import { Client } from './load/client.ts';
import { crashAtEach } from './matrix/crash-matrix.ts';
import type { Cell } from './matrix/cells.ts';
import { passTime } from './matrix/pass-time.ts';
import { createOddDishes, powerFryers, traffic } from './matrix/traffic.ts';
import { placeOrders } from './load/place-orders.ts';
import type { ToldOrder } from './load/told.ts';
import { Watcher } from './load/watch-orders.ts';
import { stockUp } from './load/stock-up.ts';
import { rowOf, type Row } from './report.ts';
import type { ChaosSettings } from './settings.ts';

const GUESTS = 12;
/** Of the acknowledged orders, this share has a subscriber. */
const WATCHED = 0.05;

/** A copy of everything, stocked, with guests; what is done to it and what came of it is kept here. */
export class ChaosRun {
  readonly arena: Arena;
  readonly databases: Databases;
  readonly broker: Connection;
  readonly #settings: ChaosSettings;
  readonly #say: (line: string) => void;
  readonly #chance: Chance;
  readonly #watcher: Watcher;
  readonly #told: ToldOrder[] = [];
  readonly #poison: string[] = [];
  #clients: Client[] = [];
  #dishIds: string[] = [];
  #initialStock = new Map<string, number>();
  #known = new Set<string>();

  private constructor(arena: Arena, settings: ChaosSettings, say: (line: string) => void) {
    this.arena = arena;
    this.databases = new Databases(arena);
    this.broker = connectToBroker(arena);
    this.#settings = settings;
    this.#say = say;
    this.#chance = new Chance(settings.seed);
    this.#watcher = new Watcher(arena);
  }

  static async open(settings: ChaosSettings, say: (line: string) => void): Promise<ChaosRun> {
    const run = new ChaosRun(await Arena.open(settings, say), settings, say);
    try {
      run.#dishIds = await stockUp(run.arena.routerUrl);
      for (let index = 0; index < GUESTS; index += 1) run.#clients.push(await Client.register(run.arena.routerUrl));
      for (const { ingredientId, onHand, reserved, consumed } of await readStock(run.databases)) {
        run.#initialStock.set(ingredientId, onHand + reserved + consumed);
      }
    } catch (error) {
      await run.close();
      throw error;
    }
    return run;
  }

  /** Places orders while the faults of one class are injected, heals, waits until all is quiet, and looks at what is left. */
  async suffer(fault: FaultClass): Promise<{ row: Row; violations: Violation[] }> {
    const { orders, pace } = this.#settings;
    const chance = this.#chance.fork(fault.name);
    const context = {
      arena: this.arena,
      broker: this.broker,
      chance: chance.fork('faults'),
      durationMs: (orders / pace) * 1_000,
      note: this.#note,
      poisoned: (messageId: string) => this.#poison.push(messageId),
    };
    const [told] = await Promise.all([
      placeOrders({
        clients: this.#clients,
        dishIds: this.#dishIds,
        orders,
        pace,
        phase: fault.name,
        chance: chance.fork('orders'),
        onAcknowledged: (orderId) => {
          if (chance.happens(WATCHED)) this.#watcher.watch(orderId);
        },
      }),
      fault.inject(context),
    ]);
    return this.#conclude(fault.name, told);
  }

  /** Crashes the subgraphs at each of the cells while orders of every kind pass, waits until all is quiet, and looks. */
  async crash(cells: readonly Cell[]): Promise<{ row: Row; violations: Violation[] }> {
    const { manager, odd } = await createOddDishes(this.arena.routerUrl);
    // Money takes its time, so that stock can run out of it first.
    await this.arena.slowProvider(1_500);
    await powerFryers(manager, false);
    let going = true;
    const passing = traffic({
      clients: this.#clients,
      dishIds: this.#dishIds,
      odd,
      manager,
      chance: this.#chance.fork('matrix'),
      ...passTime(this.databases),
      going: () => going,
    });
    const missed = await crashAtEach(this.arena, cells, ({ point, subgraph, message = '' }, left) => {
      if (left % 10 === 0) this.#note(`${left} crashes to go; the last: ${subgraph} at ${point} ${message}`);
    });
    going = false;
    const told = await passing;
    await this.arena.slowProvider(0);
    await this.arena.untilServing();
    await powerFryers(manager, true);
    const unreached = missed.map(({ subgraph, point, message }): Violation => {
      return { kind: 'wrong', rule: 'every cell is reached', detail: `${subgraph} ${point} ${message}` };
    });
    return this.#conclude('crash-matrix', told, unreached);
  }

  /** Builds the read models anew from every event there is, and compares them with those that stand there. */
  async rebuild(): Promise<{ row: Row; violations: Violation[] }> {
    const violations = this.#new(
      check({ ...(await this.evidence()), readModelsIdentical: await rebuiltIdentical(this.arena) }),
    );
    return { row: rowOf('rebuild', [], violations, 0), violations };
  }

  /** Everything that there is to see now, but for what a rebuild shows. */
  evidence(): Promise<Evidence> {
    return gather(this.arena, this.databases, this.broker, {
      told: this.#told,
      seen: this.#watcher.seen,
      poison: this.#poison,
      initialStock: this.#initialStock,
    });
  }

  async close(): Promise<void> {
    await this.#watcher.close();
    await this.databases.close();
    await this.broker.close();
    await this.arena.close();
  }

  /** Heals, waits until all is quiet, and looks at what is left. @param found what is wrong already */
  async #conclude(
    name: string,
    told: readonly ToldOrder[],
    found: readonly Violation[] = [],
  ): Promise<{ row: Row; violations: Violation[] }> {
    await this.arena.heal();
    this.#told.push(...told);
    this.#keep(told);
    const { seconds, left } = await drain(this.databases, this.broker, this.#poison.length, this.#note);
    const violations = [...found, ...this.#new(check(await this.evidence()))];
    if (left.length > 0) violations.push({ kind: 'wrong', rule: 'all comes to rest', detail: left.join(', ') });
    return { row: rowOf(name, told, violations, seconds), violations };
  }

  readonly #note = (what: string): void => this.#say(`    ${new Date().toISOString().slice(11, 19)}  ${what}`);

  /** What clients were told, one line an order, for whoever wants to know how it came. */
  #keep(told: readonly ToldOrder[]): void {
    const lines = told.map((order) => `${JSON.stringify(order)}\n`).join('');
    appendFileSync(join(this.arena.dataDir, 'told.jsonl'), lines);
  }

  /** What was found in an earlier class is not counted again. */
  #new(violations: readonly Violation[]): Violation[] {
    return violations.filter((violation) => {
      const key = JSON.stringify(violation);
      if (this.#known.has(key)) return false;
      this.#known.add(key);
      return true;
    });
  }
}
