/**
 * The demonstration restaurant as data, for the seeds of several subgraphs; not part of the contracts. Ids are
 * constants, so seeding twice finds what is there. Exported as `@brigade/schema/demo-data`.
 */
export { demoIngredients, type DemoIngredient, type IngredientUnit } from './demo-ingredients.ts';
export { demoCategories, demoDishes, type DemoCategory, type DemoDish, type DietaryTag } from './demo-dishes.ts';
