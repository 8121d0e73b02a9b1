import type { Runtime } from '../runtime.ts';
import { Broker } from './broker.ts';

/** What is asked over GraphQL does not need the broker, so a start does not wait for it for long. */
const PATIENCE_MS = 5_000;

export interface BrokerSettings {
  AMQP_URL: string;
  BRIGADE_NAMESPACE: string;
}

/** Connects a service to the broker, as an optional part of its health, until it stops. */
export async function openBroker({ name, log, health, stack }: Runtime, config: BrokerSettings): Promise<Broker> {
  const broker = await Broker.open({
    url: config.AMQP_URL,
    namespace: config.BRIGADE_NAMESPACE,
    connectionName: name,
    log,
    patienceMs: PATIENCE_MS,
  });
  stack.defer('broker', () => broker.close());
  health.add('rabbitmq', () => broker.ping(), { optional: true });
  return broker;
}
