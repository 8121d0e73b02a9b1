import { deviceCommandSchema, deviceEventSchema, envelopeSchema, messages, telemetrySchema } from '@brigade/schema';
import type { Contracts, JsonSchema } from '@brigade/schema-registry';
import { z } from 'zod';

/** Every contract of what goes through the broker, as the code that is here now has it. */
export function emitContracts(): Contracts {
  const contracts: [string, z.ZodType][] = [
    ['envelope', envelopeSchema],
    ['devices.command', deviceCommandSchema],
    ['devices.event', deviceEventSchema],
    ['devices.telemetry', telemetrySchema],
    ...messages.map(({ name, schema }): [string, z.ZodType] => [name, schema]),
  ];
  return new Map(contracts.map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' }) as JsonSchema]));
}
