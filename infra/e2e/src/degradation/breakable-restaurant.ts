import { CuttableProxy } from '../../../../subgraphs/service-kit/tests/cuttable-proxy.ts';
import { serverUrl } from '../../../../subgraphs/service-kit/tests/test-runtime.ts';
import { Restaurant, subgraphs, type ProcessName } from '../restaurant.ts';
import type { Outage } from './expectations.ts';

const servers = { broker: 'AMQP_URL', redis: 'REDIS_URL', mongo: 'MONGODB_URI', postgres: 'POSTGRES_URL' } as const;
type Server = keyof typeof servers;
const isServer = (what: Outage): what is Server => what in servers;

/** How long the router of these tests waits for a subgraph, milliseconds. */
export const SUBGRAPH_TIMEOUT_MS = 2_000;

/** A restaurant with a process for each subgraph, and with servers that can be taken from it and given back. */
export class BreakableRestaurant {
  private constructor(
    readonly restaurant: Restaurant,
    private readonly proxies: ReadonlyMap<Server, CuttableProxy>,
  ) {}

  static async open(): Promise<BreakableRestaurant> {
    const names = Object.keys(servers) as Server[];
    const proxies = new Map(
      await Promise.all(
        names.map(async (name) => [name, await CuttableProxy.before(serverUrl(servers[name]))] as const),
      ),
    );
    const urls = Object.fromEntries([...proxies].map(([name, { url }]) => [servers[name], url]));
    const settings = { KITCHEN_CLOCK: '60', SUBGRAPH_TIMEOUT_MS: String(SUBGRAPH_TIMEOUT_MS) };
    return new BreakableRestaurant(await Restaurant.open({ ...urls, ...settings }, { split: true }), proxies);
  }

  /** Kills a process, or cuts a server off. */
  async breakDown(what: Outage): Promise<void> {
    if (isServer(what)) this.proxies.get(what)?.cut();
    else await this.restaurant.stop(what satisfies ProcessName, 'SIGKILL');
  }

  /** Gives it back, and waits until everybody knows. */
  async mend(what: Outage): Promise<void> {
    if (isServer(what)) this.proxies.get(what)?.restore();
    else await this.restaurant.start(what);
    await this.restaurant.whole([...subgraphs, 'device']);
  }

  async close(): Promise<void> {
    for (const proxy of this.proxies.values()) proxy.restore();
    await this.restaurant.close();
    for (const proxy of this.proxies.values()) proxy.close();
  }
}
