export interface Command {
  commandId: string;
  type: 'START_JOB' | 'STOP_JOB';
  /** The boot that a START_JOB is meant for. */
  bootId: string;
  jobId: string;
  orderId: string;
  step: string;
}

export type DeviceEvent = { eventId: string; bootId: string } & (
  | { type: 'ACCEPTED' | 'REFUSED'; commandId: string; jobId: string }
  | { type: 'DONE' | 'LOST'; jobId: string }
  | { type: 'ONLINE'; jobIds: readonly string[] }
);

type Bare = DeviceEvent extends infer E ? (E extends unknown ? Omit<E, 'eventId' | 'bootId'> : never) : never;

/** What the kitchen's physical side must never do. */
export interface Watch {
  started(orderId: string): void;
  cooked(step: string): void;
}

/** One device: takes commands in order, cooks, says what it did in order, and forgets everything when it restarts. */
export class Device {
  /** On their way to it, and from it: queues of the broker. */
  readonly commands: Command[] = [];
  readonly events: DeviceEvent[] = [];
  readonly cooking = new Map<string, Command>();
  readonly #known = new Map<string, 'accepted' | 'barred'>();
  readonly #refused = new Set<string>();
  up = true;
  #boot = 1;
  #told = 0;

  constructor(
    readonly id: string,
    readonly kind: 'OVEN' | 'PREP',
    readonly slots: number,
    private readonly watch: Watch,
    private readonly knowsItsBoots: boolean,
  ) {}

  get bootId(): string {
    return `${this.id} boot ${this.#boot}`;
  }

  /** Takes the next command; every one is answered, a job that is known never begins twice. */
  obey(): void {
    const command = this.commands.shift();
    if (!command) return;
    const accepted = command.type === 'START_JOB' ? this.#start(command) : this.#stop(command);
    const { commandId, jobId } = command;
    this.#tell({ type: accepted ? 'ACCEPTED' : 'REFUSED', commandId, jobId });
  }

  finish(jobId: string): void {
    const job = this.cooking.get(jobId);
    if (!job) return;
    this.cooking.delete(jobId);
    this.watch.cooked(job.step);
    this.#tell({ type: 'DONE', jobId });
  }

  spoil(jobId: string): void {
    if (this.cooking.delete(jobId)) this.#tell({ type: 'LOST', jobId });
  }

  /** Loses its power, and with it all that is in it. */
  die(): void {
    this.up = false;
    this.cooking.clear();
  }

  /** Starts anew, without memory. */
  restart(): void {
    this.#boot += 1;
    this.up = true;
    this.#known.clear();
    this.#refused.clear();
    this.report();
  }

  report(): void {
    this.#tell({ type: 'ONLINE', jobIds: [...this.cooking.keys()] });
  }

  #start(command: Command): boolean {
    const known = this.#known.get(command.jobId);
    if (known) return known === 'accepted';
    if (this.knowsItsBoots && command.bootId !== this.bootId) return false;
    if (this.#refused.has(command.commandId) || this.cooking.size >= this.slots) {
      this.#refused.add(command.commandId);
      return false;
    }
    this.#known.set(command.jobId, 'accepted');
    this.cooking.set(command.jobId, command);
    this.watch.started(command.orderId);
    return true;
  }

  #stop({ jobId }: Command): boolean {
    if (this.cooking.delete(jobId)) this.#tell({ type: 'LOST', jobId });
    if (this.#known.get(jobId) === 'accepted') return true;
    this.#known.set(jobId, 'barred');
    return false;
  }

  #tell(event: Bare): void {
    this.#told += 1;
    this.events.push({ ...event, eventId: `${this.bootId} ${this.#told}`, bootId: this.bootId } as DeviceEvent);
  }
}
