import {
  EventStore,
  NotFound,
  openPostgres,
  withRuntime,
  type Environment,
  type PostgresModel,
  type PostgresOrm,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { z } from 'zod';
import { deadlinesOf, readOrdersConfig, type OrdersConfig } from './config.ts';
import type { OrderEvent } from './order/events.ts';
import { rebuildReadModels } from './read-models/rebuild.ts';
import { describeLife } from './read-models/replay.ts';
import { eventEvolution } from './store/event-evolution.ts';

/** What can be done to orders from the command line: `rebuild`, and `replay ID`. */
export function ordersCommands(model: PostgresModel): NonNullable<ServiceDefinition['commands']> {
  const withDatabase = async (env: Environment, work: (orm: PostgresOrm, config: OrdersConfig) => Promise<void>) => {
    const config = readOrdersConfig(env);
    await withRuntime('orders', config, async (runtime) => work(await openPostgres(runtime, config, model), config));
  };
  return {
    rebuild: (env) =>
      withDatabase(env, async (orm, config) => {
        const { orders, identical, blockedMs } = await rebuildReadModels(orm, deadlinesOf(config));
        process.stdout.write(
          `rebuilt ${orders} orders from their events; ${identical ? 'identical to' : 'DIFFERENT from'} what was there; ` +
            `writers waited ${blockedMs} ms at most, readers read on\n`,
        );
      }),
    replay: (env, [id]) =>
      withDatabase(env, async (orm, config) => {
        const orderId = z.uuid('replay: expected the id of an order').parse(id);
        const history = await new EventStore<OrderEvent>(eventEvolution).read(orm.em.fork(), orderId);
        if (history.length === 0) throw new NotFound(`There is no order ${orderId}.`);
        process.stdout.write(describeLife(history, deadlinesOf(config)));
      }),
  };
}
