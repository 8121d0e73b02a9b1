/** What a device says that it has, when it starts or is asked. `bootId` changes with each start. */
export interface DeviceReport {
  readonly bootId: string;
  readonly jobIds: readonly string[];
}

/**
 * What a device's report means for a job that it was given.
 *
 * - KEEP: it is cooking, or no device has accepted it yet and the command may still be on its way.
 * - LOST: the device knows the job, no longer has it, and said nothing of its end; it will not begin it again.
 * - RECALL: the device has restarted. What it had is gone, but a command that was sent twice may begin the job anew: the
 *   device is told to stop it, and only its answer says that the job is lost.
 *
 * @param acceptedBy the boot of the device that accepted the job; null before
 */
export function reconcile(
  job: { jobId: string; acceptedBy: string | null },
  report: DeviceReport,
): 'KEEP' | 'LOST' | 'RECALL' {
  if (job.acceptedBy === null) return 'KEEP';
  if (job.acceptedBy !== report.bootId) return 'RECALL';
  return report.jobIds.includes(job.jobId) ? 'KEEP' : 'LOST';
}
