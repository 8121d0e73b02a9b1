import { describe, expect, test } from '@jest/globals';
import { ephemeralPorts, portsFrom, productPortsOf } from './ports.ts';

describe('ports that the system gives to outgoing connections', () => {
  const range = [32_768, 60_999] as const;

  test('are warned of, with a base that is safe', () => {
    expect(ephemeralPorts(productPortsOf(portsFrom(32_760)), range)).toContain('BRIGADE_PORT up to 32728 is safe');
  });

  test('are not wanted by default', () => {
    expect(ephemeralPorts(productPortsOf(portsFrom(4_000)), range)).toBeUndefined();
  });
});
