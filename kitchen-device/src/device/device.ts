import type { DeviceCommand, FaultKind, StationKind, Telemetry } from '@brigade/schema';
import { bellNoise, seedFor, seededRandom } from '../physics/random.ts';
import { Hearth } from './hearth.ts';
import { isStalled, remainingSeconds, type Job } from './jobs.ts';
import { Recent } from './recent.ts';
import type { Report, TimedReport } from './reports.ts';

/** What slow firmware adds to each answer, seconds of kitchen time (mean and deviation). */
const SLOW_MEAN = 90;
const SLOW_DEVIATION = 20;

/** Commands and jobs that a device remembers after they ended. */
const REMEMBERED = 5_000;

export interface DeviceOptions {
  id: string;
  kind: StationKind;
  slots: number;
  seed: number;
}

type RefusalReason = Extract<Report, { type: 'COMMAND_REFUSED' }>['reason'];

/**
 * One device: its firmware around a hearth. Deterministic: the reports depend on the seed and on the commands and the
 * steps at which they came, on nothing else. It does no I/O; `takeReports` gives what there is to say.
 */
export class Device {
  readonly id: string;
  readonly kind: StationKind;
  readonly slots: number;
  readonly hearth: Hearth;
  #kitchenTime = 0;
  #boot = 1;
  readonly #jobs = new Map<string, Job>();
  /** Faults that are there, by injection. */
  readonly #causes = new Set<FaultKind>();
  /** Faults that the controller has noticed; while there is one it does not work. */
  readonly #raised = new Set<FaultKind>();
  readonly #answers = new Recent<Report>(REMEMBERED);
  readonly #knownJobs = new Recent<'accepted' | 'barred'>(REMEMBERED);
  readonly #random: () => number;
  #reports: (TimedReport & { dueAt: number })[] = [];

  constructor({ id, kind, slots, seed }: DeviceOptions) {
    this.id = id;
    this.kind = kind;
    this.slots = slots;
    this.#random = seededRandom(seedFor(seed, id));
    this.hearth = new Hearth(kind, slots, this.#random);
    this.#announce();
  }

  get kitchenTime(): number {
    return this.#kitchenTime;
  }
  get hasPower(): boolean {
    return !this.#causes.has('POWER_LOSS');
  }

  /** Passes one second of kitchen time. */
  step(): void {
    this.#kitchenTime += 1;
    const foods = this.#jobs.size === 0 ? [] : [...this.#jobs.values()].map(({ food }) => food);
    const noticed = this.hearth.step(foods, this.#causes, this.#raised.size === 0);
    if (noticed) this.#raise(noticed);
    for (const job of this.#jobs.values()) {
      job.age += 1;
      if (job.food.doneness >= 1) this.#end(job, { type: 'JOB_DONE', jobId: job.jobId, doneness: job.food.doneness });
      else if (isStalled(job)) {
        this.#end(job, { type: 'JOB_FAILED', jobId: job.jobId, reason: 'STALLED: it does not get hot enough' });
      }
    }
  }

  /** How often it has started. */
  get boot(): number {
    return this.#boot;
  }

  /**
   * Does what the command says, once by `commandId`; a repeat gets the first answer again.
   * @param forThisBoot false for a job that an earlier boot was told to begin: it may have cooked it
   */
  handle(command: DeviceCommand, forThisBoot = true): void {
    const answer = this.#answers.get(command.commandId) ?? this.#act(command, forThisBoot);
    this.#answers.set(command.commandId, answer);
    this.#say(answer);
    if (command.type === 'REPORT' && answer.type === 'COMMAND_ACCEPTED') this.#announce();
  }

  /** Breaks or mends something. */
  setFault(fault: FaultKind, active: boolean): void {
    if (active) this.#injectFault(fault);
    else this.#removeFault(fault);
  }

  /** What has become due to say since the last call, in order. */
  takeReports(): TimedReport[] {
    if (this.#reports.length === 0) return [];
    const notYet = this.#reports.findIndex(({ dueAt }) => dueAt > this.#kitchenTime);
    const due = this.#reports.splice(0, notYet === -1 ? this.#reports.length : notYet);
    return due.map(({ dueAt: _dueAt, ...timed }) => timed);
  }

  telemetry(): Omit<Telemetry, 'bootId' | 'at'> & { boot: number } {
    return {
      deviceId: this.id,
      boot: this.#boot,
      kind: this.kind,
      kitchenTime: this.#kitchenTime,
      temperature: Math.round(this.hearth.temperature * 10) / 10,
      setPoint: this.hearth.setPoint,
      power: this.hearth.power,
      doorOpen: this.hearth.doorOpen,
      faults: [...this.#causes.union(this.#raised)],
      jobs: [...this.#jobs.values()].map((job) => ({
        jobId: job.jobId,
        doneness: job.food.doneness,
        remainingSeconds: remainingSeconds(job),
      })),
    };
  }

  #act(command: DeviceCommand, forThisBoot: boolean): Report {
    const { commandId } = command;
    const jobId = 'jobId' in command ? command.jobId : null;
    const refuse = (reason: RefusalReason): Report => ({ type: 'COMMAND_REFUSED', commandId, jobId, reason });
    const accept: Report = { type: 'COMMAND_ACCEPTED', commandId, jobId };
    switch (command.type) {
      case 'START_JOB': {
        const known = this.#knownJobs.get(command.jobId);
        if (known) return known === 'accepted' ? accept : refuse('UNKNOWN_JOB');
        if (!forThisBoot) return refuse('RESTARTED');
        if (this.#raised.size > 0) return refuse('FAULTY');
        if (this.#jobs.size >= this.slots) return refuse('NO_FREE_SLOT');
        this.#begin(command);
        return accept;
      }
      case 'STOP_JOB': {
        const job = this.#jobs.get(command.jobId);
        if (job) {
          this.#end(job, { type: 'JOB_STOPPED', jobId: job.jobId, doneness: job.food.doneness });
          return accept;
        }
        if (this.#knownJobs.get(command.jobId) === 'accepted') return accept;
        // Its START_JOB may still be on the way: it must not begin after it was stopped.
        this.#knownJobs.set(command.jobId, 'barred');
        return refuse('UNKNOWN_JOB');
      }
      case 'SET_FAULT':
        this.setFault(command.fault, command.active);
        return accept;
      case 'REPORT':
        return this.hasPower ? accept : refuse('FAULTY');
      default:
        return command satisfies never;
    }
  }

  #begin({ jobId, portions, targetCelsius, durationSeconds }: Extract<DeviceCommand, { type: 'START_JOB' }>): void {
    this.#knownJobs.set(jobId, 'accepted');
    this.#jobs.set(jobId, { jobId, food: this.hearth.foodFor(portions, targetCelsius, durationSeconds), age: 0 });
    this.hearth.openDoor();
  }

  #end(job: Job, report: Report): void {
    this.#jobs.delete(job.jobId);
    this.hearth.openDoor();
    this.#say(report);
  }

  #injectFault(fault: FaultKind): void {
    this.#causes.add(fault);
    // Without power the controller's last words come from its capacitor; the rest it has to notice.
    if (fault === 'POWER_LOSS') this.#raise(fault);
  }

  #removeFault(fault: FaultKind): void {
    const hadPower = this.hasPower;
    this.#causes.delete(fault);
    // Whoever mends a stuck sensor also resets the cut-out that it led to.
    for (const mended of fault === 'SENSOR_STUCK' ? ([fault, 'OVERHEAT'] as const) : [fault]) {
      if (this.#causes.has(mended) || !this.#raised.delete(mended)) continue;
      if (!hadPower && this.hasPower) this.#reboot();
      this.#say({ type: 'FAULT_CLEARED', fault: mended });
      this.#announce();
    }
  }

  #raise(fault: FaultKind): void {
    if (this.#raised.has(fault)) return;
    this.#raised.add(fault);
    this.#say({ type: 'FAULT_RAISED', fault });
    for (const job of this.#jobs.values()) this.#end(job, { type: 'JOB_FAILED', jobId: job.jobId, reason: fault });
  }

  /** The firmware's memory is gone, commands and jobs of before included. */
  #reboot(): void {
    this.#boot += 1;
    this.#answers.clear();
    this.#knownJobs.clear();
  }

  #announce(): void {
    this.#say({
      type: 'ONLINE',
      kind: this.kind,
      slots: this.slots,
      jobIds: [...this.#jobs.keys()],
      faults: [...this.#raised],
    });
  }

  #say(report: Report): void {
    const slow = this.#causes.has('SLOW_FIRMWARE')
      ? Math.max(0, SLOW_MEAN + SLOW_DEVIATION * bellNoise(this.#random))
      : 0;
    const dueAt = Math.max(this.#kitchenTime + slow, this.#reports.at(-1)?.dueAt ?? 0);
    this.#reports.push({ deviceId: this.id, boot: this.#boot, kitchenTime: this.#kitchenTime, report, dueAt });
  }
}
