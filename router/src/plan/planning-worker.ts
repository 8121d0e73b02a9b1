import { parentPort, workerData } from 'node:worker_threads';
import { PlanRefused } from './plan-errors.ts';
import { Planner } from './planner.ts';

/** What the thread is asked, and what it answers. */
export interface PlanningRequest {
  readonly number: number;
  readonly source: string;
  readonly operationName: string | undefined;
}
export type PlanningAnswer =
  | { readonly number: 'ready' }
  | { readonly number: number; readonly plan: string }
  | { readonly number: number; readonly refusal: Pick<PlanRefused, 'code' | 'message'> }
  /** A fault of the planner, for the log. */
  | { readonly number: number; readonly fault: string };

const planner = new Planner((workerData as { sdl: string }).sdl);
const answer = (message: PlanningAnswer) => parentPort?.postMessage(message);

parentPort?.on('message', ({ number, source, operationName }: PlanningRequest) => {
  try {
    answer({ number, plan: JSON.stringify(planner.plan(source, operationName)) });
  } catch (error) {
    if (error instanceof PlanRefused) answer({ number, refusal: { code: error.code, message: error.message } });
    else answer({ number, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
answer({ number: 'ready' });
