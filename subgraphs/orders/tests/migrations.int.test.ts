import { expect, jest, test } from '@jest/globals';
import { connectPostgres, createLogger, migratePostgres } from '@brigade/service-kit';
import { v7 as uuidv7 } from 'uuid';
import { testEnvironment } from '../../service-kit/tests/subgraph-harness.ts';
import { serverUrl } from '../../service-kit/tests/test-runtime.ts';
import { deadlinesOf, readOrdersConfig } from '../src/config.ts';
import { orders } from '../src/index.ts';
import { project } from '../src/read-models/project.ts';
import { OrderViewSchema, entities } from '../src/store/entities.ts';
import { Migration20261121Initial } from '../src/store/migrations.ts';
import { storedEvents } from '../src/store/stored-events.fixture.ts';

test('a timeline from before is told who brought it about, and equals one that is built anew', async () => {
  const env = testEnvironment('orders');
  const database = {
    url: serverUrl('POSTGRES_URL'),
    database: `${env.BRIGADE_NAMESPACE}_orders`,
    entities,
    log: createLogger('test', 'silent'),
  };
  await migratePostgres({ ...database, migrations: [Migration20261121Initial] });
  const orm = await connectPostgres({ ...database, migrations: [] });
  const em = orm.em.fork();
  try {
    const id = uuidv7();
    const events = [storedEvents.OrderPlaced[0]!.today, storedEvents.PaymentCaptured[0]!.today];
    const recorded = events.map((event, index) => ({
      streamId: id,
      version: index + 1,
      position: index + 1,
      event,
      at: `2026-01-01T12:00:0${index}.000Z`,
      correlationId: 'c-1',
      causationId: 'm-1',
      traceId: null,
    }));
    const { view, timeline } = project(undefined, recorded, deadlinesOf(readOrdersConfig(env)));
    await em.insert(OrderViewSchema, view);
    for (const [index, { event, version, at, correlationId, causationId }] of recorded.entries()) {
      const { type, ...data } = event;
      await em.execute(
        `insert into events (stream_id, version, type, data, at, correlation_id, causation_id)
         values (?, ?, ?, ?::jsonb, ?, ?, ?)`,
        [id, version, type, JSON.stringify(data), at, correlationId, causationId],
      );
      await em.execute(
        'insert into order_timeline (order_id, version, name, status, detail, at) values (?, ?, ?, ?, null, ?)',
        [id, version, type, timeline[index]?.status, at],
      );
    }

    await orders.migrate?.(env);
    const rows = await em.execute(
      'select name, service, correlation_id, trace_id from order_timeline order by version',
    );
    expect(rows).toEqual([
      { name: 'OrderPlaced', service: 'orders', correlation_id: 'c-1', trace_id: null },
      { name: 'PaymentCaptured', service: 'payments', correlation_id: 'c-1', trace_id: null },
    ]);
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await orders.commands?.rebuild?.(env, []);
      expect(write.mock.calls.map(([text]) => String(text)).join('')).toMatch(/rebuilt 1 orders .*identical to/);
    } finally {
      write.mockRestore();
    }
  } finally {
    await orm.close(true);
  }
});
