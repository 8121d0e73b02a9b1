import {
  Poller,
  PostgresMessageStore,
  buildSubgraph,
  createRuntime,
  openEventBus,
  openGraphql,
  openMessaging,
  openPostgres,
  openWith,
  postgresMigration,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { ordersCommands } from './commands.ts';
import { deadlinesOf, readOrdersConfig } from './config.ts';
import type { OrdersDeps } from './deps.ts';
import { ordersSchema } from './graphql/schema.ts';
import { OrderFeed } from './live/order-feed.ts';
import { lookUpDishAt } from './menu-replica/menu-replica.ts';
import { consumes } from './messaging/consumes.ts';
import { entities } from './store/entities.ts';
import { Migration20261121Initial, Migration20261122TimelineCauses } from './store/migrations.ts';
import { OrderHistory } from './store/order-history.ts';
import { OrderRepository } from './store/order-repository.ts';
import { expireOrders } from './use-cases/expire-orders.ts';

const name = 'orders';
const model = { entities, migrations: [Migration20261121Initial, Migration20261122TimelineCauses] };

async function start(env: Environment): Promise<Service> {
  const config = readOrdersConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, stack } = runtime;
    const orm = await openPostgres(runtime, config, model);
    const bus = openEventBus(runtime, config);
    const store = new PostgresMessageStore(orm, name);
    const feed = new OrderFeed({ bus, log, history: new OrderHistory(orm, deadlinesOf(config)) });
    const orders = new OrderRepository(store, deadlinesOf(config), (view) => feed.tell(view));
    const deps: OrdersDeps = { orm, feed, orders, lookUpDish: lookUpDishAt(config.MENU_URL, config.ACTOR_SECRET) };
    await openMessaging(runtime, config, store, { consumer: name, handlers: consumes(orders) });
    const deadlines = new Poller({
      name: 'order deadlines',
      intervalMs: 1_000,
      log,
      run: () => expireOrders({ orm, orders, log }),
    });
    stack.defer('deadlines', () => deadlines.stop());
    const sweeps = new Poller({ name: 'catching up subscribers', intervalMs: 2_000, log, run: () => feed.sweep() });
    stack.defer('catching up subscribers', () => sweeps.stop());
    bus.onJoined(() => sweeps.wake());
    const { schema } = await buildSubgraph(ordersSchema(deps));
    return openGraphql(runtime, config, { port: config.ORDERS_PORT, schema });
  });
}

export const orders: ServiceDefinition = {
  name,
  start,
  migrate: postgresMigration(name, readOrdersConfig, model),
  commands: ordersCommands(model),
};
