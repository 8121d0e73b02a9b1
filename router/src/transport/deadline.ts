/** Until when somebody waits. Whoever joins a request that is under way may move its deadline on. */
export interface Deadline {
  /** By `performance.now()`. */
  at: number;
}

/** The deadline of a request has passed. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

export const deadlineIn = (ms: number): Deadline => ({ at: performance.now() + ms });
