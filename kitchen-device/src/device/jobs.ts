import type { Food } from '../physics/food.ts';

/** A job is given up when it takes so many times its duration and this much longer, seconds: nothing heats any more. */
const STALL_FACTOR = 3;
const STALL_SECONDS = 300;

export interface Job {
  readonly jobId: string;
  readonly food: Food;
  /** Kitchen time since it went in, seconds. */
  age: number;
}

export const isStalled = ({ age, food }: Job): boolean => age > STALL_FACTOR * food.durationSeconds + STALL_SECONDS;

/** Seconds at the target until done. */
export const remainingSeconds = ({ food }: Job): number => (1 - food.doneness) * food.durationSeconds;
