import { failpoint, type PostgresMessageStore } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import type { Burial } from '../dead-letter/dead-letter.ts';
import { bury } from '../dead-letter/decide.ts';
import { findKnown, storeBurial } from '../store/dead-letter-repository.ts';

/** Keeps a dead letter, in one transaction; only then may its delivery be acknowledged. */
export async function captureBurial(store: PostgresMessageStore, burial: Burial, redelivered: boolean): Promise<void> {
  const about = { service: 'platform', message: burial.messageName };
  await store.transaction(async (tx) => {
    const known = await findKnown(tx, burial);
    const change = bury(burial, known, { id: uuidv7(), redelivered });
    if (change) await storeBurial(tx, change);
    await failpoint('consumer.after-effect', about);
  });
  await failpoint('consumer.after-commit', about);
}
