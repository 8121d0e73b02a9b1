import { connectionOf } from '@brigade/service-kit';
import { Directive, Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum Unit {
  GRAM = 'GRAM',
  MILLILITRE = 'MILLILITRE',
  PIECE = 'PIECE',
}
registerEnumType(Unit, {
  name: 'Unit',
  description: 'What an ingredient is counted in.',
  valuesConfig: {
    GRAM: { description: 'Grams.' },
    MILLILITRE: { description: 'Millilitres.' },
    PIECE: { description: 'Pieces.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A dish on the menu.' })
export class Dish {
  @Field(() => ID, { description: 'Id of the dish.' })
  id!: string;
}

@ObjectType({
  description: 'How much of an ingredient there is; on hand + reserved + consumed is all that was ever put in.',
})
export class StockLevel {
  // Whole numbers, but Float: kilograms counted in grams pass the 32 bits of an Int one day.
  @Field(() => Float, { description: 'Free to be ordered; a whole number.' })
  onHand!: number;
  @Field(() => Float, { description: 'Set aside for open orders; a whole number.' })
  reserved!: number;
  @Field(() => Float, { description: 'Used up by completed orders; a whole number.' })
  consumed!: number;
  @Field(() => Float, { description: 'At or below this on hand the stock counts as low; a whole number.' })
  lowThreshold!: number;
  @Field(() => Boolean, { description: 'Whether the stock is low.' })
  isLow!: boolean;
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that dishes are made of.' })
export class Ingredient {
  @Field(() => ID, { description: 'Id of the ingredient.' })
  id!: string;
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => Unit, { description: 'What it is counted in.' })
  unit!: `${Unit}`;
  @Field(() => StockLevel, { nullable: true, description: 'How much there is; for staff, null for others.' })
  level?: StockLevel | null;
}

export const IngredientConnection = connectionOf('Ingredient', Ingredient);

@ObjectType({ description: 'The restocked ingredient.' })
export class RestockPayload {
  @Field(() => Ingredient, { description: 'The ingredient with its new level.' })
  ingredient!: Ingredient;
}
