import { Migration } from '@mikro-orm/migrations';
import { eventStoreTables, eventStoreTraces, messagingTables } from '@brigade/service-kit';
import { broughtAboutBy } from '../order/brought-about-by.ts';
import { countedTimes, firstReadModels, timelineCauses, timelineCausesFilled } from './read-model-tables.ts';

/** Released migrations are never edited; add the next one below. */
export class Migration20261121Initial extends Migration {
  override name = '20261121_initial';

  override up(): void {
    for (const statement of [...messagingTables, ...eventStoreTables, ...firstReadModels('')]) this.addSql(statement);
    this.addSql(`create table dish_replicas (
      dish_id uuid primary key,
      revision int not null,
      name text not null,
      price_minor int not null,
      currency text not null,
      available boolean not null
    )`);
    this.addSql(`create table idempotency_keys (
      customer_id uuid not null,
      key text not null,
      fingerprint text not null,
      order_id uuid not null,
      created_at timestamptz not null default now(),
      primary key (customer_id, key)
    )`);
  }
}

/** The timeline says who brought each event about, for what, and in which trace. */
export class Migration20261122TimelineCauses extends Migration {
  override name = '20261122_timeline_causes';

  override up(): void {
    for (const statement of [...eventStoreTraces, ...timelineCauses('')]) this.addSql(statement);
    const services = Object.entries(broughtAboutBy).map(([type, service]) => `('${type}', '${service}')`);
    this.addSql(`update order_timeline t set service = s.service, correlation_id = e.correlation_id
      from events e join (values ${services.join(', ')}) as s(type, service) on s.type = e.type
      where e.stream_id = t.order_id and e.version = t.version`);
    for (const statement of [...timelineCausesFilled(''), ...countedTimes('')]) this.addSql(statement);
  }
}
