import { expect, test } from '@jest/globals';
import { Migration } from '@mikro-orm/migrations';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { migratePostgres, openPostgres, postgresOptions } from '../src/index.ts';
import { CuttableProxy } from './cuttable-proxy.ts';
import { eventually, serverUrl, testNamespace, testRuntime } from './test-runtime.ts';

class Things extends Migration {
  override up(): void {
    this.addSql('create table things (id int primary key)');
  }
}
const Thing = defineEntity({ name: 'Thing', tableName: 'things', properties: { id: p.integer().primary() } });
const model = { entities: [Thing], migrations: [Things] };
const settings = () => ({
  POSTGRES_URL: serverUrl('POSTGRES_URL'),
  POSTGRES_POOL: 3,
  BRIGADE_NAMESPACE: testNamespace(),
});

test('a service migrates its own database as often as it likes, and finds it open and healthy', async () => {
  const runtime = testRuntime('menu');
  const config = settings();
  const options = postgresOptions('menu', config, model, runtime.log);
  await migratePostgres(options);
  await migratePostgres(options);
  const orm = await openPostgres(runtime, config, model);
  const [row] = await orm.em.fork().execute<{ name: string }[]>('select current_database() as name');
  expect(row?.name).toBe(`${config.BRIGADE_NAMESPACE}_menu`);
  expect((await runtime.health.report()).dependencies.postgres?.status).toBe('up');
  await runtime.stack.close();
});

test('a service survives that the server ends its connections', async () => {
  const runtime = testRuntime('menu');
  const config = settings();
  await migratePostgres(postgresOptions('menu', config, model, runtime.log));
  const orm = await openPostgres(runtime, config, model);
  const other = await openPostgres(runtime, config, model);
  await other.em
    .fork()
    .execute(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  // A query may be the first to learn that its connection is gone.
  const rows = await eventually(() =>
    orm.em
      .fork()
      .execute('select 1 as one')
      .catch(() => undefined),
  );
  expect(rows).toEqual([{ one: 1 }]);
  expect((await runtime.health.report()).status).toBe('ready');
  await runtime.stack.close();
});

test('connections that break in the middle of transactions are not missing from the pool', async () => {
  const runtime = testRuntime('menu');
  const config = settings();
  await migratePostgres(postgresOptions('menu', config, model, runtime.log));
  const proxy = await CuttableProxy.before(config.POSTGRES_URL);
  const orm = await openPostgres(runtime, { ...config, POSTGRES_URL: proxy.url }, model);
  for (let round = 0; round <= config.POSTGRES_POOL; round += 1) {
    const broken = orm.em.fork().transactional(async (tx) => {
      await tx.execute('select 1');
      proxy.cut();
      await tx.execute('select 1');
    });
    await expect(broken).rejects.toThrow();
    proxy.restore();
  }
  // As many at once as the pool has: none may be missing.
  let inside = 0;
  await Promise.all(
    Array.from({ length: config.POSTGRES_POOL }, () =>
      orm.em.fork().transactional(async (tx) => {
        await tx.execute('select 1');
        inside += 1;
        await eventually(() => inside === config.POSTGRES_POOL);
      }),
    ),
  );
  await runtime.stack.close();
  proxy.close();
});

test('the pool is in the metrics: total, idle and waiting', async () => {
  const runtime = testRuntime('menu');
  const config = settings();
  await migratePostgres(postgresOptions('menu', config, model, runtime.log));
  const orm = await openPostgres(runtime, config, model);
  const pool = async () => {
    await runtime.metrics.text();
    const { values } = await runtime.metrics.poolConnections.get();
    return Object.fromEntries(values.map(({ labels, value }) => [labels.state, value]));
  };
  expect(await pool()).toEqual({ total: 1, idle: 1, waiting: 0 });
  await orm.em.fork().transactional(async (tx) => {
    await tx.execute('select 1');
    expect(await pool()).toEqual({ total: 1, idle: 0, waiting: 0 });
  });
  await runtime.stack.close();
});
