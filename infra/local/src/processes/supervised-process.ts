import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { awaitCondition } from './await-condition.ts';
import { preferSession } from './proc.ts';
import type { ProcessSpec } from './process-spec.ts';
import { spawnGuarded } from './spawn-guarded.ts';

const ATTEMPTS_BEFORE_FIRST_READY = 3;
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 30_000;
/** A process that lived this long has recovered: its next crash is again the first. */
const RECOVERED_AFTER_MS = 60_000;
const TAIL_LINES = 20;

export class ProcessNeverReady extends Error {
  override readonly name = 'ProcessNeverReady';
}

export interface Supervision {
  readonly logDir: string;
  /** Called whenever the set of running pids changes. */
  readonly onPidsChanged?: () => void;
  /** Called when a process that should run has ended; `restartInMs` says when it comes back. */
  readonly onCrash?: (crash: { name: string; reason: string; restartInMs: number; logTail: string }) => void;
  readonly onRecovered?: (name: string) => void;
}

/** One process kept running from `start` to `stop`: a crash is reported and answered by a restart with backoff. */
export class SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly logFile: string;
  private readonly supervision: Supervision;
  private child: ChildProcess | undefined;
  private current = '';
  private exited: Promise<void> = Promise.resolve();
  private readonly ending = new AbortController();
  private wasReady = false;
  private crashes = 0;
  private startupFailure: Error | undefined;

  constructor(spec: ProcessSpec, supervision: Supervision) {
    this.spec = spec;
    this.supervision = supervision;
    this.logFile = join(supervision.logDir, `${spec.name}.log`);
  }

  /** The pid while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** The `INSTANCE_ID` of the process that was started last. */
  get instance(): string {
    return this.current;
  }

  /**
   * Resolves when the process serves.
   *
   * @throws {ProcessNeverReady} with the tail of its log, when it crashed repeatedly or took too long
   */
  async start(): Promise<void> {
    if (existsSync(this.logFile)) renameSync(this.logFile, this.logFile.replace(/\.log$/, '.previous.log'));
    this.spawn();
    try {
      await awaitCondition(`readiness of ${this.spec.name}`, () => this.probe(), {
        withinMs: this.spec.readyWithinMs,
        signal: this.ending.signal,
      });
    } catch (error) {
      const why = this.startupFailure?.message ?? (error as Error).message;
      throw new ProcessNeverReady(`${this.spec.name}: ${why}\n${this.logTail()}\n(whole log: ${this.logFile})`);
    }
    this.wasReady = true;
  }

  /** Asks it to end, kills it after its grace; `hard` kills at once. Safe to call twice, the second time harder. */
  async stop({ hard = false }: { hard?: boolean } = {}): Promise<void> {
    this.ending.abort(new Error(`${this.spec.name} is being stopped`));
    this.child?.kill(hard ? 'SIGKILL' : this.spec.stopSignal);
    const grace = setTimeout(() => this.child?.kill('SIGKILL'), this.spec.stopWithinMs);
    await this.exited;
    clearTimeout(grace);
  }

  /** The last lines that the process wrote. */
  logTail(): string {
    if (!existsSync(this.logFile)) return '';
    return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  }

  private async probe(): Promise<boolean> {
    if (this.startupFailure !== undefined) this.ending.abort(this.startupFailure);
    return this.child !== undefined && (await this.spec.isReady(this.current));
  }

  private spawn(): void {
    const log = openSync(this.logFile, 'a', 0o600);
    const startedAt = performance.now();
    this.current = `${this.spec.name}:${randomUUID()}`;
    const child = spawnGuarded({ ...this.spec, env: { ...this.spec.env, INSTANCE_ID: this.current } }, log);
    closeSync(log);
    this.child = child;
    this.exited = new Promise((resolve) => {
      const end = (reason: string) => {
        this.child = undefined;
        this.supervision.onPidsChanged?.();
        resolve();
        if (!this.ending.signal.aborted) this.afterCrash(reason, performance.now() - startedAt);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `killed by ${signal}`));
    });
    this.supervision.onPidsChanged?.();
  }

  private afterCrash(reason: string, livedMs: number): void {
    this.crashes = livedMs > RECOVERED_AFTER_MS ? 1 : this.crashes + 1;
    if (!this.wasReady && this.crashes >= ATTEMPTS_BEFORE_FIRST_READY) {
      this.startupFailure = new Error(`ended ${this.crashes} times before it was ready (${reason})`);
      return;
    }
    const restartInMs = Math.min(
      FIRST_BACKOFF_MS * 2 ** (this.crashes - 1),
      this.spec.longestBackoffMs ?? LONGEST_BACKOFF_MS,
    );
    this.supervision.onCrash?.({ name: this.spec.name, reason, restartInMs, logTail: this.logTail() });
    this.restartAfter(restartInMs).catch(() => undefined); // rejects only when stop() interrupts the wait
  }

  private async restartAfter(ms: number): Promise<void> {
    const { signal } = this.ending;
    await delay(ms, undefined, { signal });
    this.spawn();
    if (!this.wasReady) return; // start() is still probing
    // Somebody waits for it, and the others have all the more to do until it is back.
    const { pid } = this;
    if (pid !== undefined) preferSession(pid, true);
    try {
      await awaitCondition(`recovery of ${this.spec.name}`, () => this.probe(), {
        withinMs: this.spec.readyWithinMs,
        signal,
      });
    } finally {
      if (pid !== undefined) preferSession(pid, false);
    }
    this.supervision.onRecovered?.(this.spec.name);
  }
}
