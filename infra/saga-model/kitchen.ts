import { orderPlaced, paymentCaptured, type Envelope, type PayloadOf, type RecipeStep } from '@brigade/schema';
import { callsOff } from '../../subgraphs/kitchen/src/order/heard.ts';
import { chooseDevices } from '../../subgraphs/kitchen/src/scheduling/choose-devices.ts';
import { isLost } from '../../subgraphs/kitchen/src/ticket/is-lost.ts';
import { ticketFor } from '../../subgraphs/kitchen/src/ticket/ticket-for.ts';
import { hasEnded } from '../../subgraphs/kitchen/src/ticket/ticket.ts';
import type { Device, DeviceEvent } from './devices.ts';
import type { Domain } from './domain.ts';
import { KitchenWork, type KitchenTables } from './kitchen-work.ts';
import { Participant, type Fate, type Transaction } from './transaction.ts';

const calledOffAs = new Map<string, 'CANCELLED' | 'FAILED'>(
  callsOff.map(({ definition, as }) => [definition.name, as]),
);

/** The kitchen: tickets, slots, and what devices are told and say. */
export class Kitchen extends Participant implements KitchenTables {
  readonly orders: KitchenTables['orders'] = new Map();
  readonly jobs: KitchenTables['jobs'] = new Map();
  readonly commands: KitchenTables['commands'] = new Map();
  /** Devices that count as down. */
  readonly offline = new Map<string, true>();
  readonly #heard = new Map<string, true>();
  /** As the devices have announced themselves; all are known from the beginning. */
  readonly #boots = new Map<string, string>();
  #ids = 0;

  constructor(
    private readonly domain: Domain,
    private readonly devices: readonly Device[],
    private readonly recipes: ReadonlyMap<string, readonly RecipeStep[]>,
  ) {
    super(domain);
  }

  protected handle(message: Envelope<{ orderId: string }>, tx: Transaction): void {
    const { orderId } = message.payload;
    this.#work(tx, (work) => {
      const order = work.order(orderId);
      const off = calledOffAs.get(message.name);
      if (off) order.cancel(off, '');
      else if (message.name === paymentCaptured.name) order.capture();
      else if (message.name === orderPlaced.name) {
        const { customerId, lines } = message.payload as PayloadOf<typeof orderPlaced>;
        order.place(customerId, lines.map(ticketFor));
      }
      if (order.mayQueue) order.queue(this.recipes, '');
    });
  }

  /** Which step could go to which device now. */
  assignments() {
    const busy = Map.groupBy(this.jobs.values(), ({ deviceId }) => deviceId);
    const loads = this.devices
      .filter(({ id }) => !this.offline.has(id))
      .map(({ id, kind, slots }) => ({ id, kind, slots, busy: busy.get(id)?.length ?? 0 }));
    const queue = this.queued();
    return chooseDevices(queue, loads).map((assignment) => ({
      ...assignment,
      orderId: queue.find(({ ticketId }) => ticketId === assignment.ticketId)?.orderId ?? '',
    }));
  }

  /** The scheduler gives free slots to queued steps. */
  schedule(): void {
    const assignments = this.assignments();
    const bootOf = (deviceId: string) => this.#boots.get(deviceId) ?? `${deviceId} boot 1`;
    this.transact((tx) =>
      this.#work(tx, (work) => {
        for (const { orderId, ticketId, deviceId } of assignments) {
          work.assign(orderId, ticketId, { deviceId, bootId: bootOf(deviceId) });
        }
      }),
    );
  }

  queued() {
    return [...this.orders].flatMap(([orderId, { tickets }]) =>
      tickets.flatMap(({ id, state, steps }) => {
        if (state.status !== 'QUEUED') return [];
        const { step, avoid } = state;
        return [{ orderId, ticketId: id, kind: steps[step]?.station ?? 'PREP', avoid }];
      }),
    );
  }

  /** Sends a command, or sends it again. */
  send(commandId: string): void {
    const command = this.commands.get(commandId);
    const device = this.devices.find(({ id }) => id === command?.deviceId);
    if (!command || !device) return;
    device.commands.push(command);
    this.transact((tx) => tx.set(this.commands, commandId, { ...command, sent: true }));
  }

  /** Takes in what a device said. */
  hear(device: Device, event: DeviceEvent, fate: Fate): void {
    if (this.#heard.has(event.eventId)) return;
    this.transact((tx) => {
      tx.set(this.#heard, event.eventId, true);
      this.#work(tx, (work) => this.#take(work, tx, device, event));
    }, fate);
  }

  /** A device is silent, or left a command unanswered: it counts as down, and its steps are called back. */
  takeDown(device: Device): void {
    this.transact((tx) => {
      tx.set(this.offline, device.id, true);
      this.#work(tx, (work) => {
        for (const job of this.jobs.values()) if (job.deviceId === device.id) work.recall(job.jobId);
        for (const { commandId, type, deviceId, sent } of this.commands.values())
          if (type === 'START_JOB' && deviceId === device.id && sent) work.answered(commandId);
      });
    });
  }

  /** A job is known to be lost: its device does not even answer that it has stopped. */
  giveUp(jobId: string): void {
    this.transact((tx) => this.#work(tx, (work) => work.noteLoss(jobId, 'DEVICE_DOWN')));
  }

  /** No station is left for a step of the order. */
  fail(orderId: string): void {
    this.transact((tx) => this.#work(tx, (work) => work.order(orderId).fail('NO_STATION', '')));
  }

  openTickets(): string[] {
    return [...this.orders.values()].flatMap(({ tickets }) =>
      tickets.filter(({ state }) => !hasEnded(state)).map(({ id }) => id),
    );
  }

  #take(work: KitchenWork, tx: Transaction, device: Device, event: DeviceEvent): void {
    switch (event.type) {
      case 'ACCEPTED':
        work.answered(event.commandId);
        return work.noteStart(event.jobId, event.bootId);
      case 'REFUSED':
        work.answered(event.commandId);
        return work.noteLoss(event.jobId, 'REFUSED');
      case 'DONE':
        return work.noteDone(event.jobId);
      case 'LOST':
        return work.noteLoss(event.jobId, 'STOPPED');
      case 'ONLINE': {
        tx.delete(this.offline, device.id);
        tx.set(this.#boots, device.id, event.bootId);
        for (const { jobId, deviceId, bootId: acceptedBy } of this.jobs.values()) {
          if (deviceId !== device.id) continue;
          if (isLost({ jobId, acceptedBy }, event)) work.noteLoss(jobId, 'FORGOTTEN');
        }
        for (const jobId of event.jobIds)
          if (!this.jobs.has(jobId))
            work.tell(device.id, { type: 'STOP_JOB', bootId: '', jobId, orderId: '', step: '' });
        return;
      }
      default:
        return event satisfies never;
    }
  }

  #work(tx: Transaction, task: (work: KitchenWork) => void): void {
    const work = new KitchenWork(this.domain, this, tx, () => `job ${(this.#ids += 1)}`);
    task(work);
    work.flush();
  }
}
