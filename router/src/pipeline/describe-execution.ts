import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { JsonObject } from '../compile/own.ts';
import type { FetchReport } from '../transport/subgraph-clients.ts';

/** How an operation was executed, for developers: its plan, each request to a subgraph with its times, its cost. */
export const describeExecution = (
  plan: QueryPlan,
  fetches: readonly FetchReport[],
  cost: { estimated: number; actual: number },
): JsonObject => ({ queryPlan: prettyFormatQueryPlan(plan), fetches, cost });
