import { writeSync } from 'node:fs';
import { currentWork } from '../observe/context.ts';

/** Where a test can make the process misbehave, in the order in which a message passes them. */
export const failpoints = [
  /** The transaction of a command or a message has committed. */
  'store.after-commit',
  /** Before a message goes to the broker. `drop`: not sent this time; `duplicate`: sent twice. */
  'outbox.before-publish',
  /** Sent, and the confirm not awaited yet. */
  'outbox.after-publish',
  /** The broker has confirmed. `drop`: as if it had not. */
  'outbox.after-confirm',
  /** Confirmed messages are deleted from the outbox, and that is not committed yet. */
  'outbox.after-mark',
  /** A delivery has arrived. `drop`: it goes back to the queue; `duplicate`: it is handled twice. */
  'consumer.on-delivery',
  /** The effect is written, and not committed yet. */
  'consumer.after-effect',
  /** Effect and inbox row are committed. */
  'consumer.after-commit',
  /** `drop`: the acknowledgement is not sent, the message comes again. */
  'consumer.before-ack',
  /** Events are appended, and the read models not written yet. */
  'projection.inside',
] as const;
export type Failpoint = (typeof failpoints)[number];

export type FailpointAction =
  | { do: 'crash' }
  | { do: 'delay'; ms: number }
  | { do: 'fail'; message: string }
  | { do: 'duplicate' }
  | { do: 'drop' };

/** What the code at the point is to do; where a point has no use for `drop` or `duplicate`, it goes on. */
export type Verdict = 'go' | 'drop' | 'duplicate';

/** Which passes of a point are meant; what is absent matches all. */
export interface FailpointScope {
  /** Of one service of the process. */
  service?: string;
  /** While this message is published or handled. */
  message?: string;
  /** How many passes, from now on. */
  times?: number;
  /** With this probability, 0 to 1. */
  probability?: number;
}

interface Active extends FailpointScope {
  point: Failpoint;
  action: FailpointAction;
  remaining: number;
}

/** One registry for the process: `*1` means once, however many services are hosted here. */
let active: Active[] = [];

export class FailpointError extends Error {
  override readonly name = 'FailpointError';
}

/** Sets a point, beside what is set already; the first that matches a pass acts. */
export function setFailpoint(point: Failpoint, action: FailpointAction, scope: FailpointScope = {}): void {
  active.push({ ...scope, point, action, remaining: scope.times ?? Number.POSITIVE_INFINITY });
}

export const clearFailpoints = (): void => {
  active = [];
};

const ENTRY =
  /^(?<point>[a-z-]+\.[a-z-]+)(?:@(?<service>[\w-]+))?(?:\/(?<message>[\w.-]+))?=(?<kind>crash|delay|fail|duplicate|drop)(?::(?<argument>[^*%]*))?(?:\*(?<times>\d+))?(?:%(?<percent>\d+(?:\.\d+)?))?$/;

/**
 * Reads `FAILPOINTS`: entries `point[@service][/message]=action[:argument][*times][%percent]` between semicolons, e.g.
 * `outbox.after-confirm=crash*1;consumer.on-delivery@orders=delay:500%10;store.after-commit=fail:disk*1`.
 * @throws TypeError for the first entry that it can't read
 */
export function parseFailpoints(text: string): void {
  for (const entry of text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)) {
    const { point, service, message, kind, argument = '', times, percent } = ENTRY.exec(entry)?.groups ?? {};
    const known = (failpoints as readonly (string | undefined)[]).includes(point);
    if (!known || (kind === 'delay' && !/^\d+$/.test(argument))) {
      throw new TypeError(`FAILPOINTS: can't read "${entry}"`);
    }
    setFailpoint(point as Failpoint, actionOf(kind as FailpointAction['do'], argument), {
      ...(service && { service }),
      ...(message && { message }),
      ...(times && { times: Number(times) }),
      ...(percent && { probability: Number(percent) / 100 }),
    });
  }
}

function actionOf(kind: FailpointAction['do'], argument: string): FailpointAction {
  if (kind === 'delay') return { do: kind, ms: Number(argument) };
  if (kind === 'fail') return { do: kind, message: argument };
  return { do: kind };
}

/** As in `FAILPOINTS`, without what is done there. */
const nameOf = ({ point, service, message }: Active): string =>
  `${point}${service ? `@${service}` : ''}${message ? `/${message}` : ''}`;

/**
 * Passes the named point: does what a test asked for there, or nothing. Service and message are those of the work that
 * is under way, unless told. Where nothing is set a pass costs one look at an empty list.
 * @throws FailpointError when told to fail; `kill -9` is what a crash looks like, but that it says where on stderr
 */
export async function failpoint(
  point: Failpoint,
  about: { service?: string; message?: string } = {},
): Promise<Verdict> {
  if (active.length === 0) return 'go';
  const work = currentWork();
  const { service = work?.consumer, message = work?.message } = about;
  const set = active.find(
    (one) =>
      one.point === point &&
      one.remaining > 0 &&
      (one.service === undefined || one.service === service) &&
      (one.message === undefined || one.message === message) &&
      (one.probability === undefined || Math.random() < one.probability),
  );
  if (!set) return 'go';
  set.remaining -= 1;
  const { action } = set;
  switch (action.do) {
    case 'crash':
      writeSync(process.stderr.fd, `crashing at failpoint ${nameOf(set)}\n`);
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, action.ms));
      return 'go';
    case 'fail':
      throw new FailpointError(`${point}: ${action.message}`);
    case 'duplicate':
    case 'drop':
      return action.do;
    default:
      return action satisfies never;
  }
}
