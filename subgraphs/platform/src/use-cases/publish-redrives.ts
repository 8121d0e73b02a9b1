import { BrokerAway, UnroutableMessage, failpoint, type Broker, type EntityManager } from '@brigade/service-kit';
import { bytesOf } from '../dead-letter/body.ts';
import type { DeadLetter } from '../dead-letter/dead-letter.ts';
import type { Command } from '../dead-letter/decide.ts';
import type { PlatformDeps } from '../deps.ts';
import { change, letterFrom } from '../store/dead-letter-repository.ts';
import { DeadLetterSchema } from '../store/entities.ts';

const BATCH = 50;
const WHO = 'platform';

/**
 * Publishes letters that are marked for a redrive, oldest first, each under its own message id and without the traces
 * of its failures, and marks them once the broker has them. Nobody else publishes the same ones meanwhile. After a
 * crash anywhere they are published again, which their consumer's inbox absorbs.
 * @returns whether there may be more
 * @throws BrokerAway; what was confirmed before is marked
 */
export async function publishRedrives({ store, broker }: Pick<PlatformDeps, 'store' | 'broker'>): Promise<boolean> {
  const { taken, away } = await store.transaction(async (tx) => {
    const letters = await claim(tx);
    // Side by side: the transaction is open until the slowest confirm, not until the sum of them.
    const outcomes = await Promise.all(letters.map((letter) => publish(broker, letter)));
    for (const [index, letter] of letters.entries()) {
      const outcome = outcomes[index];
      if (outcome && !(outcome instanceof BrokerAway)) await change(tx, letter.id, outcome, WHO);
    }
    await failpoint('outbox.after-mark', { service: WHO });
    return { taken: letters.length, away: outcomes.find((outcome) => outcome instanceof BrokerAway) };
  });
  if (away) throw away;
  return taken === BATCH;
}

async function claim(tx: EntityManager): Promise<DeadLetter[]> {
  const rows = await tx.execute<{ id: string }[]>(
    `select id from dead_letters where status = 'REDRIVING' order by id limit ? for update skip locked`,
    [BATCH],
  );
  const claimed = await tx.find(
    DeadLetterSchema,
    { id: { $in: rows.map(({ id }) => id) } },
    { orderBy: { id: 'asc' } },
  );
  return claimed.map(letterFrom);
}

async function publish(broker: Broker, letter: DeadLetter): Promise<Command | BrokerAway> {
  const { queue, messageId, messageName: type, body } = letter;
  const about = { service: WHO, message: type };
  try {
    await failpoint('outbox.before-publish', about);
    await broker.publishToQueue(queue, { messageId, type }, body.kind === 'json' ? body.value : bytesOf(body));
  } catch (error) {
    if (error instanceof BrokerAway) return error;
    // Nobody declares that queue any more: to try again for ever would help nobody, so people are told.
    if (error instanceof UnroutableMessage) return { do: 'return', why: `there is no queue ${queue}` };
    throw error;
  }
  await failpoint('outbox.after-confirm', about);
  return { do: 'confirm' };
}
