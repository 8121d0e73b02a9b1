import { describe, expect, test } from '@jest/globals';
import {
  addressSchema,
  deviceCommandSchema,
  deviceEventSchema,
  deviceExamples,
  envelopeSchema,
  messages,
  mustBeHeard,
  routing,
  telemetrySchema,
} from './index.ts';

describe('text that people type', () => {
  test.each(['a\0b', 'half a pair \ud800', '', '   ', 'x'.repeat(201)])('%j is no line of an address', (line1) => {
    expect(addressSchema.safeParse({ line1, city: 'Paris', postcode: '75001' }).success).toBe(false);
  });
  test('of any script is kept as it is', () => {
    const address = { line1: '東京 🍣 12', city: 'Łódź', postcode: '٧٥' };
    expect(addressSchema.parse(address)).toEqual(address);
  });
});

describe('message contracts', () => {
  test.each(messages.map((message) => [message.name, message] as const))('%s accepts its example', (_name, message) => {
    expect(message.schema.parse(message.example)).toEqual(message.example);
  });

  test.each(messages.map((message) => [message.name, message] as const))(
    '%s refuses unknown fields',
    (_name, message) => {
      expect(message.schema.safeParse({ ...message.example, surprise: 1 }).success).toBe(false);
    },
  );

  test('names are unique and say their version', () => {
    const names = messages.map((message) => message.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(envelopeSchema.shape.name.safeParse(name).success).toBe(true);
  });

  test('everything that is routed is a contract', () => {
    const known = new Set<string>(messages.map((message) => message.name));
    for (const list of Object.values(routing)) for (const message of list) expect(known).toContain(message.name);
  });

  test('news without a listener is told apart from what must be heard', () => {
    expect(mustBeHeard('orders.order-placed.v1')).toBe(true);
    expect(mustBeHeard('identity.user-registered.v1')).toBe(false);
  });

  test('the device protocol accepts its examples', () => {
    expect(deviceCommandSchema.parse(deviceExamples.command)).toEqual(deviceExamples.command);
    expect(deviceEventSchema.parse(deviceExamples.event)).toEqual(deviceExamples.event);
    expect(telemetrySchema.parse(deviceExamples.telemetry)).toEqual(deviceExamples.telemetry);
  });
});
