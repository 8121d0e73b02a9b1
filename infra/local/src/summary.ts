import { join, relative } from 'node:path';
import type { Ports } from './ports.ts';
import { RABBITMQ_USER } from './servers/rabbitmq.ts';
import type { ServerAddresses } from './servers/start-servers.ts';
import type { Settings } from './settings.ts';

/** Seeded by identity, one of each role, all with the same password. */
export const DEMO_ACCOUNTS = ['guest', 'staff', 'manager', 'admin'].map((role) => `${role}@brigade.test`);

const FIRST_QUERY =
  '{ dishes(first: 3) { edges { node { id name price { amountMinor currency } availablePortions } } } }';

/** What a person wants to know once everything serves. */
export function summarise(settings: Settings, ports: Ports, servers: ServerAddresses, tookSeconds: number): string {
  const at = (port: number, path = '') => `http://127.0.0.1:${port}${path}`;
  const subgraphs = Object.entries(ports.subgraphs);
  const rows: [string, string][] = [
    ['the restaurant', at(ports.router, '/')],
    ['the kitchen, live (admin)', at(ports.router, '/admin')],
    ['GraphQL (Apollo Sandbox)', at(ports.router, '/graphql')],
    ['health', `${at(ports.router, '/health/ready')} (the same on every port below)`],
    ['metrics', `${at(ports.router, '/metrics')} (the same on every port below)`],
    ['subgraphs', subgraphs.map(([name, port]) => `${name} :${port}`).join(', ')],
    ['payment provider', at(ports.paymentProvider)],
    ['kitchen device', at(ports.kitchenDevice)],
    ['RabbitMQ management', managementRow(servers.amqpManagementUrl)],
    ['PostgreSQL', withoutSecrets(servers.postgresUrl)],
    ['Redis', withoutSecrets(servers.redisUrl)],
    ['MongoDB protocol', withoutSecrets(servers.mongoUri)],
    [
      'data, logs, passwords',
      ['', 'logs', 'secrets.json'].map((name) => relativePath(join(settings.dataDir, name))).join(', '),
    ],
    ['demo accounts', DEMO_ACCOUNTS.join(', ')],
    ['their password', settings.demoPassword],
  ];
  const orderCommand = settings.basePort === 4000 ? 'npm run order' : `BRIGADE_PORT=${settings.basePort} npm run order`;
  return [
    '',
    `Brigade is open (${tookSeconds.toFixed(1)} s).`,
    '',
    ...rows.filter(([, value]) => value !== '').map(([name, value]) => `  ${name.padEnd(26)}${value}`),
    '',
    'A first query:',
    `  curl -s ${at(ports.router, '/graphql')} -H 'content-type: application/json' \\`,
    `    -d '${JSON.stringify({ query: FIRST_QUERY })}'`,
    `A first order:  ${orderCommand}`,
    'The end:        Ctrl-C',
  ].join('\n');
}

/** An address without who may use it, and how. */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

function managementRow(url: string): string {
  if (url === '') return '';
  const { origin, username, password } = new URL(url);
  return `${origin} (${username || RABBITMQ_USER} / ${password})`;
}

function relativePath(path: string): string {
  const shorter = relative(process.cwd(), path);
  return shorter.startsWith('..') ? path : shorter;
}
