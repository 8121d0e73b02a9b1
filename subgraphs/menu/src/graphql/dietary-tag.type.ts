import { registerEnumType } from 'type-graphql';

export enum DietaryTag {
  VEGETARIAN = 'VEGETARIAN',
  VEGAN = 'VEGAN',
  GLUTEN_FREE = 'GLUTEN_FREE',
  DAIRY_FREE = 'DAIRY_FREE',
  HALAL = 'HALAL',
  SPICY = 'SPICY',
  CONTAINS_NUTS = 'CONTAINS_NUTS',
}
registerEnumType(DietaryTag, {
  name: 'DietaryTag',
  description: 'For whom a dish is, and for whom not.',
  valuesConfig: {
    VEGETARIAN: { description: 'Without meat and fish.' },
    VEGAN: { description: 'Without anything of animals.' },
    GLUTEN_FREE: { description: 'Without gluten.' },
    DAIRY_FREE: { description: 'Without milk.' },
    HALAL: { description: 'Prepared halal.' },
    SPICY: { description: 'Hot.' },
    CONTAINS_NUTS: { description: 'With nuts or peanuts.' },
  },
});
