import { describe, expect, test } from '@jest/globals';
import { productEnvironment, systemTargets } from './environment.ts';
import { portsFrom } from './ports.ts';
import { readSettings } from './settings.ts';

const servers = { postgresUrl: 'postgres://p', mongoUri: 'm', redisUrl: 'r', amqpUrl: 'a', amqpManagementUrl: '' };
const environmentOf = (argv: string[], env: Record<string, string> = {}) =>
  productEnvironment(readSettings(argv, env), portsFrom(4000), servers, 's');

describe('virtual guests', () => {
  test('order only when asked to, 12 times a minute or as often as told', () => {
    expect(environmentOf(['start']).DINING_ROOM).toBeUndefined();
    expect(environmentOf(['start', '--demo']).DINING_ROOM).toBe('12');
    expect(environmentOf(['start', '--demo=20', '--fresh']).DINING_ROOM).toBe('20');
    expect(readSettings(['--demo', 'dev'], {})).toMatchObject({ command: 'dev', demo: 12 });
  });

  test.each(['0', '241', '1.5', 'many', ''])('refuse a pace of "%s"', (pace) => {
    expect(() => readSettings(['start', `--demo=${pace}`], {})).toThrow('--demo: expected orders a minute, 1 to 240');
  });
});

test('a kitchen for show tells of itself four times a second, one under load does not', () => {
  expect(environmentOf(['start']).TELEMETRY_INTERVAL_MS).toBe('250');
  expect(environmentOf(['start'], { KITCHEN_PROFILE: 'load' }).TELEMETRY_INTERVAL_MS).toBeUndefined();
});

test('platform is told where every process of Brigade is', () => {
  const ports = portsFrom(5000);
  const targets = systemTargets(ports);
  expect(targets.map(({ id }) => id)).toEqual([
    'router',
    ...Object.keys(ports.subgraphs),
    'payment-provider',
    'kitchen-device',
  ]);
  expect(targets[0]).toEqual({ id: 'router', name: 'router', kind: 'ROUTER', url: 'http://127.0.0.1:5000' });
  expect(JSON.parse(environmentOf(['start']).SYSTEM_TARGETS ?? '')).toEqual(systemTargets(portsFrom(4000)));
});
