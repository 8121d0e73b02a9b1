import type { MongoOrm } from '@brigade/service-kit';
import { CategorySchema } from '../store/entities.ts';

export interface Category {
  id: string;
  name: string;
  description: string;
  /** Place on the menu, from 1. */
  position: number;
}

/** All categories in the order of the menu. Not cached: they are few, and no message tells of a new one. */
export async function listCategories(orm: MongoOrm): Promise<Category[]> {
  const rows = await orm.em.fork().find(CategorySchema, {}, { orderBy: { position: 'asc', _id: 'asc' } });
  return rows.map(({ _id, name, description, position }) => ({ id: _id, name, description, position }));
}
