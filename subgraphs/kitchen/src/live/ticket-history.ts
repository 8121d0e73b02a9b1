import type { Logger } from '@brigade/service-kit';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { TicketRecord } from '../store/ticket-record.ts';
import { stepOf } from '../graphql/ticket-from-row.ts';
import { ticketStatuses } from '../ticket/ticket.ts';

const KEY = 'ticket-history';
const KEPT_MS = 3_600_000;

const changeSchema = z.object({
  ticketId: z.string(),
  orderId: z.string(),
  dishName: z.string(),
  quantity: z.int(),
  status: z.enum(ticketStatuses),
  stationId: z.string().nullable(),
  step: z.object({ index: z.int(), count: z.int(), name: z.string() }).nullable(),
});

/** A ticket as one change has left it. */
export type KeptChange = z.infer<typeof changeSchema> & { at: Date };

/**
 * Every change of every ticket of the last hour, in a stream of Redis: its order is that in which they were told, its
 * clock Redis' own, the same for all kitchens. While Redis is away nothing is kept and nothing is found; nobody fails by
 * it.
 */
export class TicketHistory {
  constructor(
    private readonly redis: Redis,
    private readonly log: Logger,
  ) {}

  /** Never throws. */
  async keep(tickets: readonly TicketRecord[]): Promise<void> {
    try {
      const pipeline = this.redis.pipeline();
      const eldest = String(Date.now() - KEPT_MS);
      for (const ticket of tickets) {
        pipeline.xadd(KEY, 'MINID', '~', eldest, '*', 'change', JSON.stringify(changeOf(ticket)));
      }
      pipeline.pexpire(KEY, KEPT_MS);
      for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error;
    } catch (error) {
      this.log.debug({ err: error }, 'changes of tickets did not reach the history');
    }
  }

  /** The first changes between two times, both included, oldest first. */
  async between(from: Date, to: Date, first: number): Promise<KeptChange[]> {
    try {
      const entries = await this.redis.xrange(KEY, String(from.getTime()), String(to.getTime()), 'COUNT', first);
      return entries.flatMap(([id, [, text = '']]) => {
        const change = changeSchema.safeParse(JSON.parse(text));
        return change.success ? [{ ...change.data, at: new Date(Number(id.split('-')[0])) }] : [];
      });
    } catch (error) {
      this.log.warn({ err: error }, 'redis does not tell the history of tickets');
      return [];
    }
  }
}

const changeOf = (ticket: TicketRecord): z.input<typeof changeSchema> => ({
  ticketId: ticket.id,
  orderId: ticket.order_id,
  dishName: ticket.name,
  quantity: ticket.quantity,
  status: ticket.status,
  stationId: ticket.device_id,
  step: stepOf(ticket),
});
