import { deviceTopology } from '@brigade/schema';
import {
  Poller,
  PostgresMessageStore,
  buildSubgraph,
  createRuntime,
  openEventBus,
  openGraphql,
  openMessaging,
  openPostgres,
  openRedis,
  openWith,
  postgresMigration,
  type EntityManager,
  type Environment,
  type Service,
  type ServiceDefinition,
} from '@brigade/service-kit';
import { readKitchenConfig } from './config.ts';
import type { KitchenDeps } from './deps.ts';
import { openDevices } from './devices/open-devices.ts';
import { kitchenSchema } from './graphql/schema.ts';
import { tellTickets } from './live/tell-tickets.ts';
import { TicketHistory } from './live/ticket-history.ts';
import { lookUpRecipeAt } from './menu-replica/recipes.ts';
import { consumes } from './messaging/consumes.ts';
import { scheduleSteps } from './use-cases/schedule-steps.ts';
import { entities } from './store/entities.ts';
import { KitchenWork, type WorkHints } from './store/kitchen-work.ts';
import { Migration20261121Initial, Migration20261122Origins } from './store/migrations.ts';
import { JobTickets } from './telemetry/job-tickets.ts';
import { LatestTelemetry } from './telemetry/latest-telemetry.ts';
import { TelemetryHistory } from './telemetry/telemetry-history.ts';

const name = 'kitchen';
const model = { entities, migrations: [Migration20261121Initial, Migration20261122Origins] };

/** A hint may be lost, and a slot may be freed in another kitchen: look anyway so often, milliseconds. */
const SCHEDULE_EVERY_MS = 500;

async function start(env: Environment): Promise<Service> {
  const config = readKitchenConfig(env);
  const runtime = createRuntime(name, config);
  return openWith(runtime, async () => {
    const { log, stack } = runtime;
    const orm = await openPostgres(runtime, config, model);
    const redis = await openRedis(runtime, config);
    const bus = openEventBus(runtime, config);
    const store = new PostgresMessageStore(orm, name);
    const jobTickets = new JobTickets(orm);
    const telemetryHistory = new TelemetryHistory(redis, jobTickets, log);
    const ticketHistory = new TicketHistory(redis, log);
    const telemetry = new LatestTelemetry(redis, telemetryHistory, log);
    stack.defer('latest telemetry', () => telemetry.close());
    await telemetry.restore();

    // Who is woken is opened below; until then there is nobody to wake.
    const hints: WorkHints = {
      ticketsChanged: (tickets) => tellTickets(bus, ticketHistory, tickets),
      orderFailed: (orderId, reason) => log.error({ orderId, reason }, 'an order cannot be cooked'),
      jobsSeen: (jobs) => jobTickets.remember(jobs),
      stationsWanted: () => {},
      commandsWritten: () => {},
    };
    const workIn = (tx: EntityManager) => new KitchenWork(tx, store, hints);
    const work: KitchenDeps['work'] = (task) =>
      store.transaction(async (tx) => {
        const begun = workIn(tx);
        const result = await task(begun);
        await begun.flush();
        return result;
      });

    const lookUp = lookUpRecipeAt(config.MENU_URL, config.ACTOR_SECRET);
    const broker = await openMessaging(runtime, config, store, { consumer: name, handlers: consumes(workIn, lookUp) });
    const devices = openDevices({
      broker,
      topology: deviceTopology(config.BRIGADE_NAMESPACE),
      orm,
      work,
      telemetry,
      log,
      stack,
      isHealthy: () => runtime.health.isWhole(['consumer']),
      ackDeadlineMs: config.KITCHEN_ACK_DEADLINE_MS,
      commandTtlMs: config.KITCHEN_COMMAND_TTL_MS,
      tries: config.KITCHEN_COMMAND_TRIES,
      silenceMs: config.KITCHEN_DEVICE_SILENCE_MS,
      noStationMs: config.KITCHEN_NO_STATION_MS,
    });
    hints.commandsWritten = devices.wakeSender;
    const scheduler = new Poller({
      name: 'scheduler',
      intervalMs: SCHEDULE_EVERY_MS,
      log,
      run: async () => (await work(scheduleSteps)) > 0,
    });
    hints.stationsWanted = () => scheduler.wake();
    stack.defer('scheduler', () => scheduler.stop());
    await devices.greet();

    const deps: KitchenDeps = { orm, bus, telemetry, telemetryHistory, jobTickets, ticketHistory, work };
    const { schema } = await buildSubgraph(kitchenSchema(deps));
    return openGraphql(runtime, config, { port: config.KITCHEN_PORT, schema });
  });
}

export const kitchen: ServiceDefinition = {
  name,
  start,
  migrate: postgresMigration(name, readKitchenConfig, model),
};
