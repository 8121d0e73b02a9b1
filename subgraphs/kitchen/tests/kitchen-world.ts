import { randomUUID } from 'node:crypto';
import {
  deviceTopology,
  dishChanged,
  orderCancelled,
  orderPlaced,
  paymentCaptured,
  type Envelope,
  type RecipeStep,
} from '@brigade/schema';
import { Broker, createMessage, signActor, type Actor, type Service } from '@brigade/service-kit';
import { kitchenDevice } from '@brigade/kitchen-device';
import pg from 'pg';
import type { Consumer } from 'rabbitmq-client';
import { startInstances } from '../../service-kit/tests/subgraph-harness.ts';
import { eventually, serverUrl, testNamespace, testRuntime } from '../../service-kit/tests/test-runtime.ts';
import { kitchen } from '../src/index.ts';

/** A kitchen with its devices on fast clocks, the rest of the restaurant played by the test. */
export class KitchenWorld {
  readonly namespace = testNamespace();
  readonly heard: Envelope<Record<string, string>>[] = [];
  readonly env: Record<string, string>;
  broker!: Broker;
  kitchen!: Service;
  devices!: Service;
  #listener!: Consumer;

  constructor(over: Record<string, string> = {}) {
    this.env = {
      BRIGADE_NAMESPACE: this.namespace,
      POSTGRES_URL: serverUrl('POSTGRES_URL'),
      REDIS_URL: serverUrl('REDIS_URL'),
      AMQP_URL: serverUrl('AMQP_URL'),
      ACTOR_SECRET: 'a secret that is thirty-two characters long',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      KITCHEN_PORT: '0',
      KITCHEN_DEVICE_PORT: '0',
      KITCHEN_CLOCK: '300',
      TELEMETRY_INTERVAL_MS: '100',
      KITCHEN_COMMAND_TTL_MS: '2000',
      MENU_URL: 'http://127.0.0.1:9/graphql',
      KITCHEN_ACK_DEADLINE_MS: '250',
      KITCHEN_DEVICE_SILENCE_MS: '1500',
      KITCHEN_NO_STATION_MS: '1500',
      ...over,
    };
  }

  async open(devices = 12): Promise<this> {
    await kitchen.migrate?.(this.env);
    this.broker = await Broker.open({
      url: this.env.AMQP_URL ?? '',
      namespace: this.namespace,
      connectionName: 'test',
      log: testRuntime('test').log,
    });
    this.#listener = this.broker.connection.createConsumer(
      {
        queueOptions: { exclusive: true, autoDelete: true },
        queueBindings: [{ exchange: this.broker.topology.events, routingKey: 'kitchen.#' }],
      },
      ({ body }) => void this.heard.push(body as Envelope<Record<string, string>>),
    );
    [this.devices, this.kitchen] = await Promise.all([
      kitchenDevice.start(this.env),
      startInstances(kitchen, this.env),
    ]);
    await eventually(
      async () => (await this.stations()).filter(({ status }) => status === 'ONLINE').length === devices,
    );
    return this;
  }

  async close(): Promise<void> {
    await this.kitchen.stop();
    await this.devices.stop();
    await this.#listener.close();
    await this.broker.close();
  }

  get topology() {
    return deviceTopology(this.namespace);
  }

  async dish(...steps: RecipeStep[]): Promise<string> {
    const dishId = randomUUID();
    const recipe = { ...dishChanged.example.recipe, steps };
    await this.broker.publishEvent(createMessage(dishChanged, dishId, { ...dishChanged.example, dishId, recipe }));
    return dishId;
  }

  /** An order of one portion of each dish, and the messages that speak of it. */
  order(...dishIds: string[]) {
    const orderId = randomUUID();
    const customerId = randomUUID();
    const line = orderPlaced.example.lines[0]!;
    const lines = dishIds.map((dishId) => ({ ...line, lineId: randomUUID(), dishId, quantity: 1 }));
    return {
      orderId,
      customerId,
      lines,
      placed: createMessage(orderPlaced, orderId, { ...orderPlaced.example, orderId, customerId, lines }),
      captured: createMessage(paymentCaptured, orderId, { ...paymentCaptured.example, orderId }),
      cancelled: createMessage(orderCancelled, orderId, { ...orderCancelled.example, orderId }),
    };
  }

  async publish(...messages: Envelope[]): Promise<void> {
    for (const message of messages) await this.broker.publishEvent(message);
  }

  /** Asks the kitchen's own database. */
  async sql(text: string, values: unknown[] = []): Promise<unknown[]> {
    const url = new URL(this.env.POSTGRES_URL ?? '');
    url.pathname = `/${this.namespace}_kitchen`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as unknown[];
    } finally {
      await client.end();
    }
  }

  told(orderId: string): string[] {
    return this.heard.filter(({ subject }) => subject === orderId).map(({ name }) => name);
  }

  /** Waits for a message about the order; answers its payload. */
  async hears(orderId: string, name: string): Promise<Record<string, string>> {
    const message = await eventually(() => this.heard.find((m) => m.subject === orderId && m.name === name), 30_000);
    return message.payload;
  }

  async ask<T>(query: string, variables: Record<string, unknown> = {}, actor: Actor = manager): Promise<T> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-brigade-actor': await signActor(actor, this.env.ACTOR_SECRET ?? ''),
      },
      body: JSON.stringify({ query, variables }),
    });
    return ((await response.json()) as { data: T }).data;
  }

  get url(): string {
    return `http://127.0.0.1:${this.kitchen.port}/graphql`;
  }

  async stations(): Promise<StationView[]> {
    return (
      await this.ask<{ stations: StationView[] }>(`{ stations { id kind status busy capacity faults temperature } }`)
    ).stations;
  }

  async tickets(orderId: string, actor: Actor = manager): Promise<TicketView[] | null> {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Order {
      tickets { id status attempts quantity step { index count name } station { id } dish { id } } } } }`;
    const { _entities } = await this.ask<{ _entities: { tickets: TicketView[] | null }[] }>(
      query,
      { of: [{ __typename: 'Order', id: orderId }] },
      actor,
    );
    return _entities[0]?.tickets ?? null;
  }

  /** Waits until the order's tickets stand like this. */
  async stand(orderId: string, ...statuses: string[]): Promise<TicketView[]> {
    return eventually(async () => {
      const tickets = await this.tickets(orderId);
      return tickets?.map(({ status }) => status).join() === statuses.join() ? tickets : undefined;
    }, 30_000);
  }

  async injectFault(stationId: string, fault: string, active = true): Promise<void> {
    const mutation = `mutation ($s: ID!, $f: DeviceFault!, $a: Boolean!) { injectFault(stationId: $s, fault: $f, active: $a) { id } }`;
    await this.ask(mutation, { s: stationId, f: fault, a: active });
  }
}

export interface StationView {
  id: string;
  kind: string;
  status: string;
  busy: number;
  capacity: number;
  faults: string[];
  temperature: number | null;
}

export interface TicketView {
  id: string;
  status: string;
  attempts: number;
  step: { index: number; count: number; name: string } | null;
  station: { id: string } | null;
}

export const manager: Actor = { kind: 'user', userId: randomUUID(), roles: ['MANAGER'] };
export const guest = (userId: string): Actor => ({ kind: 'user', userId, roles: ['GUEST'] });
