import { text } from '@brigade/schema';
import { BadUserInput } from '@brigade/service-kit';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { MenuDeps } from '../deps.ts';
import type { Category } from '../read/list-categories.ts';
import { CategorySchema } from '../store/entities.ts';

const inputSchema = z.strictObject({
  name: text({ max: 60, trim: true }),
  description: text({ max: 500, multiline: true, trim: true }),
});

/**
 * A new category, after the last one of the menu.
 * @throws ZodError, BadUserInput when there is one of this name
 */
export async function createCategory({ store }: MenuDeps, input: unknown): Promise<Category> {
  const { name, description } = inputSchema.parse(input);
  const id = uuidv7();
  try {
    const position = await store.transaction(async (tx) => {
      const [last] = await tx.find(CategorySchema, {}, { orderBy: { position: 'desc' }, limit: 1 });
      const next = (last?.position ?? 0) + 1;
      await tx.insert(CategorySchema, { _id: id, name, description, position: next });
      return next;
    });
    return { id, name, description, position };
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new BadUserInput(`There is a category ${name} already.`);
    throw error;
  }
}
