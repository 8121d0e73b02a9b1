import { DateTime } from '@brigade/service-kit';
import { text as textOf } from '@brigade/schema';
import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import type { OrderQuery } from '../read-models/list-orders.ts';
import { OrderStatus } from './order.type.ts';

const searchSchema = textOf({ min: 0, max: 100, trim: true });

@InputType({ description: 'Which orders are wanted: those that all of it holds for.' })
export class OrderFilter {
  @Field(() => [OrderStatus], {
    nullable: true,
    description: 'Only orders that stand in one of these; an empty list leaves none out.',
  })
  statuses?: OrderStatus[] | null;
  @Field(() => DateTime, { nullable: true, description: 'Placed at or after.' })
  placedFrom?: Date | null;
  @Field(() => DateTime, { nullable: true, description: 'Placed before.' })
  placedTo?: Date | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The beginning of an order's id, or text that occurs in the name of a dish or in the city, up to 100 characters.",
  })
  search?: string | null;
}

/** @throws ZodError for a search that is too long or no text */
export function parseFilter({ statuses, placedFrom, placedTo, search }: OrderFilter): Partial<OrderQuery> {
  const text = search == null ? '' : z.object({ search: searchSchema }).parse({ search }).search;
  return {
    ...(statuses && statuses.length > 0 && { statuses }),
    ...(placedFrom && { placedFrom }),
    ...(placedTo && { placedTo }),
    ...(text && { search: text }),
  };
}
