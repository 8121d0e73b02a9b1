/** A row of `jobs`: something that takes a slot of a device, until it is known not to. */
export interface JobRecord {
  job_id: string;
  order_id: string;
  ticket_id: string;
  device_id: string;
  /** Of the device that accepted it; null before. */
  boot_id: string | null;
}
