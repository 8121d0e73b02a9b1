import { dishChanged, type Envelope } from '@brigade/schema';
import { createMessage } from '@brigade/service-kit';
import type { Dish } from '../dish/dish.ts';

/** What goes out: the whole dish after each change. */
export const dishChangedMessage = ({ id, revision, name, price, available, recipe }: Dish): Envelope =>
  createMessage(dishChanged, id, { dishId: id, revision, name, price, available, recipe });
