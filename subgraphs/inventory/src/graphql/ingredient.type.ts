import { connectionOf } from '@brigade/service-kit';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

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
  @Field(() => Int, { description: 'Free to be ordered.' })
  onHand!: number;
  @Field(() => Int, { description: 'Set aside for open orders.' })
  reserved!: number;
  @Field(() => Int, { description: 'Used up by completed orders.' })
  consumed!: number;
  @Field(() => Int, { description: 'At or below this on hand the stock counts as low.' })
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
