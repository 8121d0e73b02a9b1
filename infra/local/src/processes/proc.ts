import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';

/**
 * What /proc tells. Where there is none (macOS), `ps` says when a process began, and every other question answers
 * "unknown" (undefined, empty, 0).
 */
const HAS_PROC = existsSync('/proc/self/stat');

interface Stat {
  readonly state: string;
  readonly parent: number;
  readonly startTicks: string;
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0]!, parent: Number(fields[1]), startTicks: fields[19]! };
  } catch {
    return undefined;
  }
}

/**
 * Names one process for ever: a pid is reused, but not within the same clock tick of the same boot (without /proc: not
 * within the same second). Undefined when it has ended (a zombie has).
 */
export function startMark(pid: number): string | undefined {
  if (!HAS_PROC) return startByPs(pid);
  const stat = readStat(pid);
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${stat.startTicks}`;
}

/** "pid 812: redis-server 127.0.0.1:6379". */
export function describeProcess(pid: number): string {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return `pid ${pid}: ${line.slice(0, 80)}`;
  } catch {
    return `pid ${pid}`;
  }
}

/** By ps(1) with `lstart`, which BSD and procps have. */
function startByPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  const [, state, began] = /^\s*(\S)\S*\s+(\S.*\S)\s*$/.exec(stdout ?? '') ?? [];
  return state === undefined || state === 'Z' ? undefined : began;
}

function allPids(): number[] {
  if (!HAS_PROC) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The given processes and all that descend from them. */
export function withDescendants(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const pid of allPids()) {
    const parent = readStat(pid)?.parent;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = new Set<number>();
  const visit = (pid: number) => {
    if (found.has(pid)) return;
    found.add(pid);
    for (const child of children.get(pid) ?? []) visit(child);
  };
  for (const root of roots) visit(root);
  return [...found];
}

/** Proportional set size in bytes: shared pages are counted once, divided among those who share them. */
export function proportionalSetSize(pid: number): number {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** The living processes whose working directory is `folder`. */
export function processesIn(folder: string): number[] {
  return allPids().filter((pid) => {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder && startMark(pid) !== undefined;
    } catch {
      return false; // ended meanwhile, or another user's
    }
  });
}

const LISTENING = '0A';

/** The process that listens on a TCP port, where this user may see it. */
export function findListener(port: number): number | undefined {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!existsSync(table)) continue;
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(`:${hexPort}`) && fields[3] === LISTENING) inodes.add(`socket:[${fields[9]}]`);
    }
  }
  return inodes.size === 0 ? undefined : allPids().find((pid) => holdsSocket(pid, inodes));
}

function holdsSocket(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false; // closed meanwhile
      }
    });
  } catch {
    return false; // ended meanwhile, or another user's
  }
}

/**
 * Lets a session that was started with its own leader (`detached`) go before the others that want a core, or no longer
 * (sched(7), "The autogroup feature"). Only root may, and only where the kernel groups by session; elsewhere nothing
 * happens.
 */
export function preferSession(leader: number, preferred: boolean): void {
  try {
    writeFileSync(`/proc/${leader}/autogroup`, preferred ? '-10' : '0');
  } catch {
    // Not root, no such feature, or gone already.
  }
}
