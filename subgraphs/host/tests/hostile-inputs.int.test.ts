import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { messages } from '@brigade/schema';
import {
  ACTOR_HEADER,
  connectPostgres,
  createLogger,
  signActor,
  type Environment,
  type Service,
} from '@brigade/service-kit';
import { defineEntity, p } from '@mikro-orm/postgresql';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { v7 as uuidv7 } from 'uuid';
import WebSocket from 'ws';
import { Others, ask, startForTest, testEnvironment, withRole } from '../../service-kit/tests/subgraph-harness.ts';
import { fieldsWithInputs, sampleOf, withLeaf, type FieldWithInputs } from '../../service-kit/tests/input-leaves.ts';
import { eventually } from '../../service-kit/tests/test-runtime.ts';
import { definitions } from '../src/definitions.ts';

const UUID = '01980000-0000-7000-8000-00000000abcd';
/** Never text: refused wherever they come, as input, by the name of the field. */
const refused = ['a\0b', '\0', 'half \ud800 pair', '\udc00', 'bell\u0007', '\u001b[2J', '\u007f', '\u0085'];
/** Perhaps text, perhaps an id, a cursor: refused or taken, and never a failure of ours. */
const odd = [
  '',
  ' ',
  'not-an-id',
  `${UUID}0`,
  UUID.toUpperCase(),
  '{}',
  '__proto__',
  'constructor',
  "'; drop table orders; --",
  '%_\\',
  '$where',
  'x'.repeat(5_000),
  '🍣'.repeat(60),
  'two\nlines',
  '\u2028',
  ...[['\0'], [UUID, 1], [7, 'x', 'y'], ['\ud800'], [null], [-1], ['\0', 1], [1, '\0', '\0']].map((key) =>
    Buffer.from(JSON.stringify(key)).toString('base64url'),
  ),
];
const times = ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1969-12-31T23:59:59Z', '1969-12-31T23:59:59.999Z'];
const admin = withRole(uuidv7(), 'ADMIN');
const definitionOf = (name: string) => definitions.find((definition) => definition.name === name)!;

describe.each(definitions.map((definition) => [definition.name, definition] as const))(
  'hostile input to %s',
  (name, definition) => {
    let env: Environment & { ACTOR_SECRET: string };
    let service: Service;
    let menu: Service | undefined;
    let others: Others;
    let keysDir: string;
    let schema: GraphQLSchema;
    let known: Record<string, unknown> = {};

    beforeAll(async () => {
      keysDir = await mkdtemp(join(tmpdir(), 'hostile-keys-'));
      env = testEnvironment(name, { KEYS_DIR: keysDir, MENU_PORT: '0' }) as typeof env;
      // Some look a dish up there.
      menu = name === 'menu' ? undefined : await startForTest(definitionOf('menu'), env, 1);
      if (menu) env = { ...env, MENU_URL: `http://127.0.0.1:${menu.port}/graphql` };
      service = await startForTest(definition, env);
      if (name === 'kitchen') await addStation(env, UUID);
      others = await Others.join(env);
      const answer = await ask<IntrospectionQuery>(service, env, admin, getIntrospectionQuery());
      schema = buildClientSchema(answer.data!);
      if (name === 'menu') {
        const { data } = await ask<{ categories: { id: string }[] }>(service, env, admin, '{ categories { id } }');
        known = { categoryId: data!.categories[0]!.id };
      }
      known = { ...known, quantity: 1, durationSeconds: 60, currency: 'EUR', email: `${uuidv7()}@example.org` };
    });
    afterAll(async () => {
      await others.leave();
      await service.stop();
      await menu?.stop();
      await rm(keysDir, { recursive: true });
    });

    const codesOf = async (field: FieldWithInputs, given: Record<string, unknown>) => {
      const { errors, data } = await send(field, given);
      return { errors, data, codes: errors.map(({ extensions }) => extensions?.code) };
    };

    const send = async (field: FieldWithInputs, given: Record<string, unknown>) => {
      const declared = field.args.map(({ name: argument, type }) => `$${argument}: ${String(type)}`).join(', ');
      const passed = field.args.map(({ name: argument }) => `${argument}: $${argument}`).join(', ');
      const selected = `${field.name}(${passed})${field.isComposite ? ' { __typename }' : ''}`;
      if (field.kind === 'subscription') return subscribe(`subscription (${declared}) { ${selected} }`, given);
      if (field.kind !== 'entity') {
        return ask(service, env, admin, `${field.kind} (${declared}) { ${selected} }`, given);
      }
      const query = `query ($of: [_Any!]!, ${declared}) { _entities(representations: $of) { ... on ${field.type} { ${selected} } } }`;
      return ask(service, env, admin, query, { ...given, of: [{ __typename: field.type, id: UUID }] });
    };

    /** The first thing that it answers; a subscription that stays open counts as taken. */
    const subscribe = async (query: string, variables: Record<string, unknown>) => {
      const headers = { [ACTOR_HEADER]: await signActor(admin, env.ACTOR_SECRET) };
      class WithActor extends WebSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols, { headers });
        }
      }
      const client = createClient({
        url: `ws://127.0.0.1:${service.port}/graphql`,
        webSocketImpl: WithActor,
        retryAttempts: 0,
      });
      let errors: { message: string; extensions: { code: string } }[] | undefined;
      client.subscribe(
        { query, variables },
        {
          next: (result) => (errors = (result.errors ?? []) as never),
          error: (error) => (errors = (Array.isArray(error) ? error : [error]) as never),
          complete: () => (errors ??= []),
        },
      );
      await eventually(() => errors);
      await client.dispose();
      return { data: null, errors: errors ?? [] };
    };

    test('is refused, or taken as it is, in every argument of every field: never a failure of ours', async () => {
      const failures: unknown[] = [];
      let sent = 0;
      for (const field of fieldsWithInputs(schema)) {
        const sample = () =>
          Object.fromEntries(
            field.args.map((argument) => [argument.name, sampleOf(argument.type, argument.name, known)]),
          );
        for (const { scalar, path } of field.leaves) {
          const where = `${field.type}.${field.name} ${path.join('.')}`;
          const must = scalar === 'DateTime' ? times : refused;
          const values = scalar === 'DateTime' ? times : [...refused, ...(field.kind === 'subscription' ? [] : odd)];
          for (const value of values) {
            const { codes, errors, data } = await codesOf(
              field,
              withLeaf(sample(), path, value) as Record<string, unknown>,
            );
            sent += 1;
            const ours = codes.some(
              (code) => !code || ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE'].includes(code),
            );
            const named = errors[0]?.message.includes(path.join('.'));
            if (ours || (must.includes(value) && !(codes[0] === 'BAD_USER_INPUT' && named)))
              failures.push({ where, value: value.slice(0, 60), data, errors });
          }
        }
      }
      console.log(`${name}: ${sent} requests`);
      expect(failures).toEqual([]);
    });

    test('as the key of an entity finds nothing, and is no failure', async () => {
      const entities = schema.getType('_Entity') as
        { getTypes?: () => readonly { name: string; getFields(): object }[] } | undefined;
      const failures: unknown[] = [];
      for (const type of entities?.getTypes?.() ?? []) {
        const fields = Object.entries(type.getFields() as Record<string, { args: unknown[]; type: unknown }>)
          .filter(([, { args }]) =>
            args.every((argument) => !String((argument as { type: unknown }).type).endsWith('!')),
          )
          .map(([field, { type: of }]) => (isLeaf(of) ? field : `${field} { __typename }`));
        for (const id of [...refused, ...odd]) {
          const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type.name} { ${fields.join(' ')} } } }`;
          const { errors } = await ask(service, env, admin, query, { of: [{ __typename: type.name, id }] });
          const ours = errors.filter(
            ({ message, extensions }) =>
              extensions?.code === 'INTERNAL_SERVER_ERROR' && !message.includes('non-nullable'),
          );
          if (ours.length > 0) failures.push({ type: type.name, id: id.slice(0, 60), ours });
        }
      }
      expect(failures).toEqual([]);
    });

    test('leaves nothing behind that breaks a message contract', () => {
      for (const message of others.heard) {
        const contract = messages.find((one) => one.name === message.name);
        expect(contract?.schema.safeParse(message.payload).error).toBeUndefined();
      }
    });
  },
);

/** A kitchen without a device knows no station. */
async function addStation(env: Environment, id: string): Promise<void> {
  const orm = await connectPostgres({
    url: env.POSTGRES_URL!,
    database: `${env.BRIGADE_NAMESPACE}_kitchen`,
    entities: [defineEntity({ name: 'NoEntity', properties: { id: p.integer().primary() } })],
    migrations: [],
    log: createLogger('test', 'silent'),
  });
  await orm.em
    .fork()
    .execute(
      `insert into devices (id, kind, slots, boot_id, status, faults) values (?, 'OVEN', 4, ?::uuid, 'OFFLINE', '[]')`,
      [id, id],
    );
  await orm.close(true);
}

const isLeaf = (type: unknown): boolean => {
  const named = String(type).replaceAll(/[[\]!]/g, '');
  return ['String', 'ID', 'Int', 'Float', 'Boolean', 'DateTime'].includes(named) || enums.test(named);
};
const enums = /(Status|Kind|Tag|Role|Unit|Fault|Health|State|Currency)$/;
