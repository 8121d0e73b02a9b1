import type { Telemetry } from '@brigade/schema';
import type { Logger } from '@brigade/service-kit';
import type { Redis } from 'ioredis';
import type { JobTickets } from './job-tickets.ts';
import { keptReadingSchema, readingToKeep, type KeptReading } from './kept-reading.ts';
import { secondOf, slicesOf, type HistoryWindow } from './slices.ts';

const KEPT_MS = 3_600_000;
const keyOf = (deviceId: string): string => `telemetry-history:${deviceId}`;

export interface HistoryQuery extends HistoryWindow {
  readonly deviceId: string;
}

type StreamEntries = [id: string, fields: string[]][];

/**
 * The last hour of every device, a reading a second, in a stream of Redis for each. The id of an entry is its second: of
 * several kitchens that hear the same device only the first to write a second succeeds. While Redis is away nothing is
 * kept and nothing is found; nobody fails by it.
 */
export class TelemetryHistory {
  readonly #lastSecond = new Map<string, number>();

  constructor(
    private readonly redis: Redis,
    private readonly jobTickets: Pick<JobTickets, 'of'>,
    private readonly log: Logger,
  ) {}

  /** Keeps those readings that are the first of their second. Never throws. */
  async keep(readings: readonly Telemetry[]): Promise<void> {
    const due = readings.flatMap((reading) => {
      // A device whose clock is ahead would keep every later reading out once its clock was put right.
      const second = secondOf(Math.min(Date.parse(reading.at), Date.now()));
      if (second <= (this.#lastSecond.get(reading.deviceId) ?? 0)) return [];
      this.#lastSecond.set(reading.deviceId, second);
      return [{ second, reading }];
    });
    if (due.length === 0) return;
    try {
      const kept = await Promise.all(due.map(({ reading }) => readingToKeep(reading, (job) => this.#ticketOf(job))));
      const pipeline = this.redis.pipeline();
      for (const [index, { second, reading }] of due.entries()) {
        const key = keyOf(reading.deviceId);
        const eldest = String(second - KEPT_MS);
        pipeline.xadd(key, 'MINID', '~', eldest, `${second}-0`, 'reading', JSON.stringify(kept[index]));
        // Of a device that is gone nothing stays.
        pipeline.pexpire(key, KEPT_MS);
      }
      for (const [error] of (await pipeline.exec()) ?? []) if (error && !isTaken(error)) throw error;
    } catch (error) {
      this.log.debug({ err: error }, 'readings did not reach the history');
    }
  }

  /** The readings of many devices, each oldest first, in one round trip. */
  async read(queries: readonly HistoryQuery[]): Promise<KeptReading[][]> {
    const pipeline = this.redis.pipeline();
    const slices = queries.map(slicesOf);
    for (const [index, { deviceId }] of queries.entries()) {
      for (const { first, last, count } of slices[index] ?? []) {
        pipeline.xrevrange(keyOf(deviceId), String(last), String(first), 'COUNT', count);
      }
    }
    const answers = await this.#answers(pipeline);
    let taken = 0;
    return queries.map(({ from, to }, index) => {
      const length = slices[index]?.length ?? 0;
      const entries = answers.slice(taken, (taken += length)).flatMap((slice) => slice.toReversed());
      return entries.flatMap(readingOf).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
    });
  }

  async #answers(pipeline: ReturnType<Redis['pipeline']>): Promise<StreamEntries[]> {
    try {
      const results = (await pipeline.exec()) ?? [];
      for (const [error] of results) if (error) throw error;
      return results.map(([, entries]) => entries as StreamEntries);
    } catch (error) {
      this.log.warn({ err: error }, 'redis does not tell the history of readings');
      return [];
    }
  }

  /** Better a reading without its ticket than none. */
  async #ticketOf(jobId: string): Promise<string | null> {
    try {
      return await this.jobTickets.of(jobId);
    } catch (error) {
      this.log.debug({ err: error, jobId }, 'whose food a job is could not be read');
      return null;
    }
  }
}

/** Another kitchen has kept this second, or a later one. */
const isTaken = ({ message }: Error): boolean => message.includes('equal or smaller than the target stream top item');

function readingOf([, [, text = '']]: StreamEntries[number]): KeptReading[] {
  const reading = keptReadingSchema.safeParse(JSON.parse(text));
  return reading.success ? [reading.data] : [];
}
