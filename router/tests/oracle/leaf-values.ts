const TEXTS = ['sea', 'a "quoted" one', 'é ü 🍋', 'back\\slash', 'line\nbreak', '', '7', 'null'];
const COLOURS = ['RED', 'GREEN', 'BLUE'];

/** A value of a leaf type that follows from a number. @throws TypeError for a type that models do not use */
export function makeLeaf(type: string, number: number): unknown {
  switch (type) {
    case 'Int':
      return (number % 2_000) - 1_000;
    case 'Float':
      return (number % 999) / 8;
    case 'Boolean':
      return number % 2 === 0;
    case 'Colour':
      return COLOURS[number % COLOURS.length];
    case 'ID':
      return `i${number % 100}`;
    case 'Json':
      return number % 3 === 0
        ? { id: number % 10, list: [number % 3, null], __typename: 'no type' }
        : `json ${number % 100}`;
    case 'String':
      return `${TEXTS[number % TEXTS.length]}${number % 3 === 0 ? '' : ` ${number % 100}`}`;
    default:
      throw new TypeError(`no leaf type: ${type}`);
  }
}
