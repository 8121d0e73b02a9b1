import type { RecordedEvent } from '@brigade/service-kit';
import type { Deadlines } from '../order/deadlines.ts';
import type { OrderEvent } from '../order/events.ts';
import { project, type Projection } from './project.ts';

/** An order's life as text: each event with its time and cause, and where the order stood after it. */
export function describeLife(history: readonly RecordedEvent<OrderEvent>[], deadlines: Deadlines): string {
  let projection: Projection | undefined;
  const parts = history.map((recorded) => {
    projection = project(projection, [recorded], deadlines);
    return describeEvent(recorded, projection);
  });
  return `${parts.join('\n')}\n`;
}

function describeEvent(recorded: RecordedEvent<OrderEvent>, { view, order }: Projection): string {
  const { type, ...data } = recorded.event;
  const state: string[] = [view.status];
  if (view.reason) state.push(`because ${view.reason}`);
  if (order.status !== 'NONE' && order.facts.size > 0) state.push(`noted: ${[...order.facts].join(', ')}`);
  if (order.status !== 'NONE' && order.refundedMinor > 0) state.push(`refunded: ${order.refundedMinor}`);
  if (view.deadlineAt) state.push(`due ${view.deadlineAt.toISOString()}`);
  return [
    `#${recorded.version}  ${recorded.at}  ${type}`,
    ...Object.entries(data).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`),
    `      correlation ${recorded.correlationId}, caused by ${recorded.causationId}${recorded.traceId ? `, trace ${recorded.traceId}` : ''}`,
    `   => ${state.join('; ')}`,
  ].join('\n');
}
