import { Money, connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { DietaryTag } from './dietary-tag.type.ts';
import { Recipe } from './recipe.type.ts';

@ObjectType({ description: 'A part of the menu.' })
export class Category {
  @Field(() => ID, { description: 'Id of the category.' })
  id!: string;
  @Field(() => String, { description: 'Name.' })
  name!: string;
  @Field(() => String, { description: 'What is in it.' })
  description!: string;
  @Field(() => Int, { description: 'Place on the menu, from 1.' })
  position!: number;
}

@ObjectType({ description: 'Something worth saying of a dish, e.g. its origin or its allergens.' })
export class DishAttribute {
  @Field(() => String, { description: 'What it is about.' })
  name!: string;
  @Field(() => String, { description: 'What there is to say.' })
  value!: string;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A dish on the menu.' })
export class Dish {
  @Field(() => ID, { description: 'Id of the dish.' })
  id!: string;
  @Field(() => Int, { description: 'Grows by one with each change; pass it back as `expectedRevision`.' })
  revision!: number;
  @Field(() => String, { description: 'Name.' })
  name!: string;
  @Field(() => String, { description: 'What the guest gets.' })
  description!: string;
  @Field(() => Money, { description: 'Price of a portion today.' })
  price!: Money;
  @Field(() => Boolean, { description: 'Whether the restaurant offers it at present.' })
  available!: boolean;
  @Field(() => [DietaryTag], { description: 'For whom it is, and for whom not.' })
  dietaryTags!: `${DietaryTag}`[];
  @Field(() => Recipe, { description: 'What a portion takes, and how it is cooked.' })
  recipe!: Recipe;
  @Field(() => Int, { description: 'How long the kitchen works on a portion, kitchen seconds.' })
  prepSeconds!: number;

  /** Resolved to `category`. */
  categoryId!: string;
  /** Resolved to a list of name and value. */
  attributes!: Record<string, string>;
}

export const DishConnection = connectionOf('Dish', Dish);
