import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { awaitCondition } from './await-condition.ts';
import { spawnGuarded } from './spawn-guarded.ts';

export interface WatchedSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; `INSTANCE_ID` is added. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Both output streams are appended to it. */
  readonly logFile: string;
}

const TAIL_LINES = 30;

/** A process ended although nobody had asked it to. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

/**
 * A process that must run until it is asked to end. When it ends before, everybody who waits for it fails at once, with
 * the last lines of its log.
 */
export class WatchedProcess {
  readonly pid: number;
  /** What its health answers must name, so that no other process on its port is taken for it. */
  readonly instance: string;
  /** The exit code, or null after a signal. */
  readonly exited: Promise<number | null>;
  readonly #spec: WatchedSpec;
  readonly #child: ChildProcess;
  readonly #unexpected = new AbortController();
  #asked = false;

  /** @param onUnexpectedEnd is told when it ends without having been asked to */
  constructor(spec: WatchedSpec, onUnexpectedEnd: (ended: ProcessEnded) => void = () => undefined) {
    this.#spec = spec;
    this.instance = `${spec.name}:${randomUUID()}`;
    const log = openSync(spec.logFile, 'a');
    this.#child = spawnGuarded({ ...spec, env: { ...spec.env, INSTANCE_ID: this.instance } }, log);
    closeSync(log);
    this.pid = this.#child.pid ?? 0;
    this.exited = new Promise((resolve) => {
      const end = (reason: string, code: number | null) => {
        if (!this.#asked) {
          const error = new ProcessEnded(`${spec.name} ended by itself (${reason}):\n${this.logTail()}`);
          this.#unexpected.abort(error);
          onUnexpectedEnd(error);
        }
        resolve(code);
      };
      this.#child.once('error', (error) => end(error.message, null));
      this.#child.once('exit', (code, signal) =>
        end(signal === null ? `exit code ${code}` : `killed by ${signal}`, code),
      );
    });
  }

  /**
   * Waits until `probe` answers true; a probe that rejects counts as "not yet".
   * @throws {ProcessEnded} at once when the process ends by itself
   * @throws {Error} with the last lines of its log after `withinMs` milliseconds
   */
  async until(what: string, probe: () => Promise<boolean>, withinMs: number): Promise<void> {
    const { signal } = this.#unexpected;
    await awaitCondition(`${this.#spec.name}: ${what}`, probe, { withinMs, signal }).catch((error: Error) => {
      if (signal.aborted) throw signal.reason as ProcessEnded;
      throw new Error(`${error.message}; its last lines:\n${this.logTail()}`, { cause: error });
    });
  }

  /** Sends a signal that is meant to end it, and waits for the end; answers the exit code, or null after a signal. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#asked = true;
    this.signal(signal);
    return this.exited;
  }

  /** Sends a signal that is not meant to end it. Nothing happens when it has ended. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  logTail(): string {
    if (!existsSync(this.#spec.logFile)) return '';
    return readFileSync(this.#spec.logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  }
}
