/** What a device says that it has, when it starts or is asked. `bootId` changes with each start. */
export interface DeviceReport {
  readonly bootId: string;
  readonly jobIds: readonly string[];
}

/**
 * Whether a device's report means that it will not do a job that it had accepted: it has restarted (a command for an
 * earlier boot begins nothing any more), or it has it no longer and said nothing of its end.
 * @param acceptedBy the boot of the device that accepted the job; null before: then the command may be still on its way
 */
export const isLost = (job: { jobId: string; acceptedBy: string | null }, report: DeviceReport): boolean =>
  job.acceptedBy !== null && (job.acceptedBy !== report.bootId || !report.jobIds.includes(job.jobId));
