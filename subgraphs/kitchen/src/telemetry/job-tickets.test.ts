import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { PostgresOrm } from '@brigade/service-kit';
import { JobTickets } from './job-tickets.ts';

/** A table of jobs that counts how often it is looked at. */
function storeOf(rows: { job_id: string; ticket_id: string }[]) {
  const store = { reads: 0, away: false };
  const execute = async () => {
    store.reads += 1;
    if (store.away) throw new Error('away');
    return rows;
  };
  const orm = { em: { fork: () => ({ execute }) } } as unknown as PostgresOrm;
  return { store, tickets: new JobTickets(orm) };
}

const [job, other, ticket] = [randomUUID(), randomUUID(), randomUUID()];

test('jobs are read together, and once, also those that are not there', async () => {
  const { store, tickets } = storeOf([{ job_id: job, ticket_id: ticket }]);
  expect(await Promise.all([tickets.of(job), tickets.of(other), tickets.of('nonsense')])).toEqual([ticket, null, null]);
  expect(await Promise.all([tickets.of(job), tickets.of(other)])).toEqual([ticket, null]);
  expect(store.reads).toBe(1);
});

test('what was remembered is not read', async () => {
  const { store, tickets } = storeOf([]);
  tickets.remember([{ job_id: job, ticket_id: ticket }]);
  expect(await tickets.of(job)).toBe(ticket);
  expect(store.reads).toBe(0);
});

test('what could not be read is read again', async () => {
  const { store, tickets } = storeOf([{ job_id: job, ticket_id: ticket }]);
  store.away = true;
  await expect(tickets.of(job)).rejects.toThrow('away');
  store.away = false;
  expect(await tickets.of(job)).toBe(ticket);
});
