import { MoneyInput } from '@brigade/service-kit';
import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { DietaryTag } from './dietary-tag.type.ts';
import { StationKind } from './recipe.type.ts';

@InputType({ description: 'What one portion takes of an ingredient.' })
export class RecipeIngredientInput {
  @Field(() => ID, { description: 'Id of the ingredient.' })
  ingredientId!: string;
  @Field(() => Int, { description: "How much, in the ingredient's unit, at least 1." })
  quantity!: number;
}

@InputType({ description: 'One thing that the kitchen does for a dish.' })
export class RecipeStepInput {
  @Field(() => String, { description: 'What is done.' })
  name!: string;
  @Field(() => StationKind, { description: 'Where.' })
  station!: StationKind;
  @Field(() => Float, { nullable: true, description: 'Set point, 30 to 350 °C; null where nothing heats.' })
  targetCelsius?: number | null;
  @Field(() => Int, { description: 'How long, kitchen seconds, 1 to 7200.' })
  durationSeconds!: number;
}

@InputType({ description: 'What a portion takes, and how it is cooked.' })
export class RecipeInput {
  @Field(() => [RecipeIngredientInput], { description: 'What it takes, 1 to 30 ingredients.' })
  ingredients!: RecipeIngredientInput[];
  @Field(() => [RecipeStepInput], { description: 'What is done, 1 to 10 steps in this order.' })
  steps!: RecipeStepInput[];
}

@InputType({ description: 'Something worth saying of a dish.' })
export class DishAttributeInput {
  @Field(() => String, { description: 'What it is about: begins with a letter, up to 40 characters, once in a list.' })
  name!: string;
  @Field(() => String, { description: 'What there is to say, up to 200 characters.' })
  value!: string;
}

@InputType({ description: 'A new dish.' })
export class CreateDishInput {
  @Field(() => ID, { description: 'Id of its category.' })
  categoryId!: string;
  @Field(() => String, { description: 'Name, 1 to 100 characters.' })
  name!: string;
  @Field(() => String, { description: 'What the guest gets, 1 to 1000 characters.' })
  description!: string;
  @Field(() => MoneyInput, { description: 'Price of a portion.' })
  price!: MoneyInput;
  @Field(() => Boolean, { defaultValue: true, description: 'Whether it is offered at once.' })
  available!: boolean;
  @Field(() => [DietaryTag], { defaultValue: [], description: 'For whom it is, and for whom not.' })
  dietaryTags!: DietaryTag[];
  @Field(() => [DishAttributeInput], { defaultValue: [], description: 'What else there is to say, up to 30.' })
  attributes!: DishAttributeInput[];
  @Field(() => RecipeInput, { description: 'How it is made.' })
  recipe!: RecipeInput;
}

@InputType({
  description:
    'What changes about a dish; what is absent or null stays. Price and availability have mutations of their own.',
})
export class UpdateDishInput {
  @Field(() => ID, { nullable: true, description: 'Id of its category.' })
  categoryId?: string | null;
  @Field(() => String, { nullable: true, description: 'Name, 1 to 100 characters.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'What the guest gets, 1 to 1000 characters.' })
  description?: string | null;
  @Field(() => [DietaryTag], { nullable: true, description: 'All its tags from now on.' })
  dietaryTags?: DietaryTag[] | null;
  @Field(() => [DishAttributeInput], { nullable: true, description: 'All its attributes from now on.' })
  attributes?: DishAttributeInput[] | null;
  @Field(() => RecipeInput, { nullable: true, description: 'How it is made from now on.' })
  recipe?: RecipeInput | null;
}

@InputType({ description: 'A new category, after the last one.' })
export class CreateCategoryInput {
  @Field(() => String, { description: 'Name, 1 to 60 characters, unlike the others.' })
  name!: string;
  @Field(() => String, { description: 'What is in it, 1 to 500 characters.' })
  description!: string;
}

@InputType({ description: 'Which dishes to list; every condition must hold.' })
export class DishFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this category.' })
  categoryId?: string | null;
  @Field(() => Int, { nullable: true, description: 'Costs at least this, in minor units.' })
  minPriceMinor?: number | null;
  @Field(() => Int, { nullable: true, description: 'Costs at most this, in minor units.' })
  maxPriceMinor?: number | null;
  @Field(() => [DietaryTag], { nullable: true, description: 'Has all of these tags.' })
  dietaryTags?: DietaryTag[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Words in name or description, up to 100 characters; the best match comes first. "A phrase" must occur, -a word must not.',
  })
  search?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what is offered at present, or only what is not.' })
  available?: boolean | null;
}
