import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chooseClasses } from '../../chaos/src/faults/classes.ts';
import { someCells } from '../../chaos/src/matrix/cells.ts';
import { ChaosRun } from '../../chaos/src/run-chaos.ts';
import { repositoryRoot } from '../../local/src/repository-root.ts';

/** The short form of `npm run test:chaos`: another CHAOS_SEED breaks other things at other moments. */
const seed = Number(process.env.CHAOS_SEED ?? 1);

describe('break it anywhere, in short', () => {
  const dataDir = join(repositoryRoot, '.data', 'chaos-short');
  const notes: string[] = [];
  let run: ChaosRun;

  beforeAll(async () => {
    run = await ChaosRun.open({ seed, orders: 60, pace: 6, port: 4_700, only: [], dataDir }, (line) =>
      notes.push(line),
    );
  });
  afterAll(() => run.close());

  test('a subgraph dies at each failpoint: every order ends, nothing is lost or doubled', async () => {
    const { violations, row } = await run.crash(someCells(seed));
    expect({ violations, notes }).toEqual({ violations: [], notes });
    expect(row.acknowledged).toBeGreaterThan(0);
  });

  test.each(['kill-processes', 'kill-servers'])(
    '%s: every order ends, nothing is lost or doubled',
    async (name) => {
      for (const fault of chooseClasses([name])) {
        const { violations, row } = await run.suffer(fault);
        expect({ violations, notes }).toEqual({ violations: [], notes });
        expect(row.acknowledged).toBeGreaterThan(0); // how many, depends on what else the machine does
      }
    },
    240_000,
  );

  test('read models that are built anew from every event are those that stand there', async () => {
    expect((await run.rebuild()).violations).toEqual([]);
  });

  test('what is planted in the real stores is found: a gap in a stream, a lost row, a doubled charge', async () => {
    const [gap] = await run.databases.rows<{ stream_id: string }>(
      'orders',
      "delete from events where version = 2 and stream_id in (select id from order_views where status = 'COMPLETED' limit 1) returning stream_id",
    );
    const [lost] = await run.databases.rows<{ order_id: string }>(
      'payments',
      "delete from payments where id in (select id from payments where status = 'DECLINED' limit 1) returning order_id",
    );
    const book = join(dataDir, 'payment-provider', 'ledger.jsonl');
    const charge = readFileSync(book, 'utf8')
      .split('\n')
      .find((line) => line.includes('"charge"') && line.includes('"succeeded"'));
    appendFileSync(book, `${charge}\n`);
    const { violations } = await run.rebuild();
    for (const expected of [
      { rule: 'streams are gapless', orderId: gap?.stream_id },
      { rule: 'every order has its payment', orderId: lost?.order_id },
      { rule: 'at most one charge', kind: 'doubled' },
      { rule: 'read models equal their events' },
    ]) {
      expect(violations).toContainEqual(expect.objectContaining(expected));
    }
  });
});
