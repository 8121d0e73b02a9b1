import { telemetrySchema, type Telemetry } from '@brigade/schema';
import { z } from 'zod';

/** A reading as the history keeps it, under the device's key: with whose food it was, which nobody could say later. */
export const keptReadingSchema = telemetrySchema
  .omit({ deviceId: true, bootId: true, kind: true, jobs: true })
  .extend({ jobs: z.array(telemetrySchema.shape.jobs.element.extend({ ticketId: z.string().nullable() })) });
export type KeptReading = z.infer<typeof keptReadingSchema>;

/** @param ticketOf whose food a job is */
export async function readingToKeep(
  { deviceId: _deviceId, bootId: _bootId, kind: _kind, ...reading }: Telemetry,
  ticketOf: (jobId: string) => Promise<string | null>,
): Promise<KeptReading> {
  const jobs = reading.jobs.map(async (job) => ({ ...job, ticketId: await ticketOf(job.jobId) }));
  return { ...reading, jobs: await Promise.all(jobs) };
}
