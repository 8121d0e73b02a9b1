import { parentPort, workerData } from 'node:worker_threads';
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
  | { readonly number: number; readonly refusal: string };

const planner = new Planner((workerData as { sdl: string }).sdl);
const answer = (message: PlanningAnswer) => parentPort?.postMessage(message);

parentPort?.on('message', ({ number, source, operationName }: PlanningRequest) => {
  try {
    answer({ number, plan: JSON.stringify(planner.plan(source, operationName)) });
  } catch (error) {
    answer({ number, refusal: (error as Error).message });
  }
});
answer({ number: 'ready' });
