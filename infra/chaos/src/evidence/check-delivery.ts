import type { Evidence, Violation } from './evidence.ts';

/** Nothing waits any more, and nobody but the poison is dead. */
export function checkDelivery({ outboxes, queues, deadLetters, poison }: Evidence): Violation[] {
  const found: Violation[] = [];
  for (const [name, depth] of Object.entries(outboxes)) {
    if (depth > 0) found.push({ kind: 'lost', rule: 'outboxes are empty', detail: `${depth} left in ${name}` });
  }
  for (const [name, depth] of Object.entries(queues)) {
    if (depth > 0) found.push({ kind: 'lost', rule: 'queues are empty', detail: `${depth} left in ${name}` });
  }
  const injected = new Set(poison);
  const dead = new Set(deadLetters.map(({ messageId }) => messageId));
  for (const { consumer, messageId, reason } of deadLetters) {
    if (!injected.has(messageId))
      found.push({
        kind: 'lost',
        rule: 'only poison is dead',
        detail: `${messageId} of ${consumer}: ${reason.slice(0, 200)}`,
      });
  }
  for (const messageId of injected) {
    if (!dead.has(messageId)) found.push({ kind: 'lost', rule: 'poison is kept as a dead letter', detail: messageId });
  }
  return found;
}
