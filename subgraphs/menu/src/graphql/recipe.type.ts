import { stationKindDescription, stationKindDescriptions } from '@brigade/schema';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StationKind {
  OVEN = 'OVEN',
  GRIDDLE = 'GRIDDLE',
  FRYER = 'FRYER',
  STOVE = 'STOVE',
  PREP = 'PREP',
}
registerEnumType(StationKind, {
  name: 'StationKind',
  description: stationKindDescription,
  valuesConfig: stationKindDescriptions,
});

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ description: 'Something that dishes are made of.' })
export class Ingredient {
  @Field(() => ID, { description: 'Id of the ingredient.' })
  id!: string;
}

@ObjectType({ description: 'What one portion takes of an ingredient.' })
export class RecipeIngredient {
  @Field(() => Ingredient, { nullable: true, description: 'The ingredient.' })
  ingredient!: Ingredient | null;
  @Field(() => Int, { description: "How much, in the ingredient's unit." })
  quantity!: number;
}

@ObjectType({ description: 'One thing that the kitchen does for a dish, after the one before.' })
export class RecipeStep {
  @Field(() => String, { description: 'What is done.' })
  name!: string;
  @Field(() => StationKind, { description: 'Where.' })
  station!: `${StationKind}`;
  @Field(() => Float, { nullable: true, description: 'Set point of the appliance, °C; null where nothing heats.' })
  targetCelsius!: number | null;
  @Field(() => Int, { description: 'How long at that temperature, kitchen seconds.' })
  durationSeconds!: number;
}

@ObjectType({ description: 'What a portion takes, and how it is cooked.' })
export class Recipe {
  @Field(() => [RecipeIngredient], { description: 'What it takes.' })
  ingredients!: RecipeIngredient[];
  @Field(() => [RecipeStep], { description: 'What is done, in this order.' })
  steps!: RecipeStep[];
}
