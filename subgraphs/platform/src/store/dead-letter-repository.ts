import { NotFound, type EntityManager } from '@brigade/service-kit';
import { LockMode } from '@mikro-orm/postgresql';
import type { Action, Body, Burial, DeadLetter, Status } from '../dead-letter/dead-letter.ts';
import { decide, type Change, type Command, type Known } from '../dead-letter/decide.ts';
import { DeadLetterActionSchema, DeadLetterSchema, type DeadLetterRow } from './entities.ts';

/** Finds what is known of a burial's message; until the transaction ends no other one may take the same message in. */
export async function findKnown(tx: EntityManager, burial: Burial): Promise<Known | undefined> {
  const { consumer, messageId, lastFailedAt } = burial;
  await tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`${consumer} ${messageId}`]);
  const row = await tx.findOne(
    DeadLetterSchema,
    { consumer, messageId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!row) return undefined;
  const deaths = lastFailedAt
    ? await tx.count(DeadLetterActionSchema, { letterId: row.id, kind: 'DIED', failedAt: lastFailedAt })
    : 0;
  return { letter: letterFrom(row), hasDeath: deaths > 0 };
}

/**
 * Does something to a letter, and writes it into the audit; nobody else changes the letter meanwhile.
 * @returns the letter as it stands then
 * @throws NotFound, and the refusals of `decide`
 */
export async function change(tx: EntityManager, id: string, command: Command, who: string): Promise<DeadLetter> {
  const row = await tx.findOne(DeadLetterSchema, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!row) throw new NotFound(`There is no dead letter ${id}.`);
  const before = letterFrom(row);
  const changed = decide(command, before);
  if (!changed) return before;
  await tx.nativeUpdate(DeadLetterSchema, { id }, rowFrom(changed.letter));
  await audit(tx, id, changed.action, who);
  return changed.letter;
}

/** Stores what a burial has come to. */
export async function storeBurial(tx: EntityManager, { letter, action }: Change): Promise<void> {
  await tx.upsert(DeadLetterSchema, rowFrom(letter), { onConflictFields: ['id'] });
  await audit(tx, letter.id, action, letter.consumer);
}

async function audit(tx: EntityManager, letterId: string, action: Action, who: string): Promise<void> {
  const { kind, why } = action;
  await tx.execute(
    `insert into dead_letter_actions (letter_id, kind, who, why, failed_at, before, after)
     values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)`,
    [
      letterId,
      kind,
      who,
      why,
      kind === 'DIED' ? action.failedAt : null,
      kind === 'EDITED' ? JSON.stringify(action.before) : null,
      kind === 'EDITED' ? JSON.stringify(action.after) : null,
    ],
  );
}

export const letterFrom = (row: DeadLetterRow): DeadLetter => ({
  id: row.id,
  consumer: row.consumer,
  queue: row.queue,
  messageId: row.messageId,
  messageName: row.messageName,
  subject: row.subject ?? null,
  body: bodyFrom(row),
  reason: row.reason,
  stack: row.stack ?? null,
  attempts: row.attempts,
  firstFailedAt: row.firstFailedAt ?? null,
  lastFailedAt: row.lastFailedAt ?? null,
  deaths: row.deaths,
  status: row.status as Status,
});

const bodyFrom = ({ body, rawBody, contentType }: DeadLetterRow): Body =>
  body ? { kind: 'json', value: body } : { kind: 'raw', base64: rawBody ?? '', contentType: contentType ?? '' };

const rowFrom = ({ body, ...letter }: DeadLetter): DeadLetterRow => ({
  ...letter,
  body: body.kind === 'json' ? body.value : null,
  rawBody: body.kind === 'raw' ? body.base64 : null,
  contentType: body.kind === 'raw' ? body.contentType : null,
});
