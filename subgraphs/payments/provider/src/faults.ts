import { z } from 'zod';

/**
 * The provider's switches. `declineRate` and `timeoutAfterCharge` are probabilities, 0 to 1; with the latter the money
 * is taken, but the answer never comes.
 */
export const faultsSchema = z.strictObject({
  latencyMs: z.int().min(0).max(60_000).default(0),
  declineRate: z.number().min(0).max(1).default(0),
  outage: z.boolean().default(false),
  timeoutAfterCharge: z.number().min(0).max(1).default(0),
});
export type Faults = z.infer<typeof faultsSchema>;

export const noFaults: Faults = faultsSchema.parse({});
