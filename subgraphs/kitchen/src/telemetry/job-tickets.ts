import type { PostgresOrm } from '@brigade/service-kit';
import DataLoader from 'dataloader';
import { z } from 'zod';
import type { JobRecord } from '../store/job-record.ts';
import { uuidArray } from '../store/load-orders.ts';
import { MostRecent } from './most-recent.ts';

/** Many more than cook at once: the last readings of a job come after its row is gone. */
const MOST = 20_000;

/**
 * Whose food a job is. That never changes, so each job is read from the store once at most; those that this process has
 * worked on itself are known before their first reading.
 */
export class JobTickets {
  readonly #loader: DataLoader<string, string | null>;

  constructor(orm: PostgresOrm) {
    this.#loader = new DataLoader((jobIds) => readTickets(orm, jobIds), { cacheMap: new MostRecent(MOST) });
  }

  remember(jobs: readonly Pick<JobRecord, 'job_id' | 'ticket_id'>[]): void {
    for (const { job_id, ticket_id } of jobs) this.#loader.prime(job_id, ticket_id);
  }

  /** The ticket's id; null where the store does not know the job any more. What fails is asked for again. */
  async of(jobId: string): Promise<string | null> {
    return this.#loader.load(jobId);
  }
}

async function readTickets(orm: PostgresOrm, jobIds: readonly string[]): Promise<(string | null)[]> {
  const rows = await orm.em
    .fork()
    .execute<{ job_id: string; ticket_id: string }[]>(
      'select job_id, ticket_id from jobs where job_id = any(?::uuid[])',
      [uuidArray(jobIds.filter((id) => z.uuid().safeParse(id).success))],
    );
  const ticketOf = new Map(rows.map(({ job_id, ticket_id }) => [job_id, ticket_id]));
  return jobIds.map((id) => ticketOf.get(id) ?? null);
}
