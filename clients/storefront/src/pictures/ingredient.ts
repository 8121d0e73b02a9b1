/** What can be seen on a plate, by the words that speak of it. */
const words = {
  tomato: /tomato|pomodoro|margherita/,
  mozzarella: /mozzarella|burrata/,
  cheese: /cheese|gruyere|parmesan|mascarpone/,
  basil: /basil|pesto|margherita/,
  mushroom: /mushroom|porcini/,
  ham: /\bham\b|bacon|prosciutto|pancetta|salami/,
  courgette: /courgette|zucchini/,
  pepper: /red pepper|bell pepper|paprika/,
  garlic: /garlic/,
  prawn: /prawn|shrimp/,
  egg: /\begg\b|carbonara/,
  'spring-onion': /spring onion|chive|scallion/,
  peanut: /peanut|\bnuts?\b|almond/,
  chicken: /chicken/,
  tofu: /tofu/,
  beef: /beef|steak/,
  carrot: /carrot/,
  lemon: /lemon|lime/,
  ginger: /ginger/,
  chili: /chili|hot |spicy/,
  fries: /fries|frites|chips/,
  potato: /potato/,
  leaf: /leaves|salad|rocket|spinach/,
  truffle: /truffle/,
  onion: /onion/,
  butter: /butter/,
  rice: /\brice\b/,
  chocolate: /chocolate|cocoa/,
  coconut: /coconut/,
  soy: /\bsoy\b/,
  green: /green/,
  red: /\bred\b/,
} as const;

export type Ingredient = keyof typeof words;

/** Those that a text speaks of; what a dish is `without` is not on it. @param text in lower case */
export function ingredientsIn(text: string): Ingredient[] {
  const told = text.replaceAll(/without [\w ]+/g, '');
  return (Object.keys(words) as Ingredient[]).filter((one) => words[one].test(told));
}
