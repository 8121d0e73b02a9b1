/** The unprivileged account that a process runs as. */
export interface RunAs {
  readonly account: string;
  /** Let it read through folders that are closed to the account (Linux's CAP_DAC_READ_SEARCH, nothing more). */
  readonly throughClosedFolders?: boolean;
}

/** One process that the launcher owns: how to run it, how to tell that it serves, how to end it. */
export interface ProcessSpec {
  /** Also the name of its log file. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process, but for `INSTANCE_ID`, which is added; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A Unix account to become first; only root may. */
  readonly runAs?: RunAs;
  readonly stopSignal: NodeJS.Signals;
  /** After this many milliseconds a stopping process is killed. */
  readonly stopWithinMs: number;
  /**
   * One probe: true when it serves. A rejection counts as "not yet".
   * @param instance the `INSTANCE_ID` with which the process was started: a health answer must name it
   */
  readonly isReady: (instance: string) => Promise<boolean>;
  readonly readyWithinMs: number;
  /** The longest pause before a process that crashes again and again is started anew, milliseconds; 30,000 unless told. */
  readonly longestBackoffMs?: number;
}

/** What a process needs of the launcher's own environment to run at all; never its secrets. */
export function baseEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
