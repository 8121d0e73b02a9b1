/** How a process is to misbehave; what is absent is normal. */
export interface Misbehaviour {
  /** As in the environment variable FAILPOINTS. */
  failpoints?: string;
  /** How far its clock is off, milliseconds. */
  clockOffsetMs?: number;
}
