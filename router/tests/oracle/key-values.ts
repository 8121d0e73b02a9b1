import { namedTypeOf } from './model.ts';
import { hash } from './random.ts';

/**
 * The value of a field that keys are made of. Some tell the entity apart alone (`id`, `code`, `slot { x y }`), some in pairs
 * (`shelf row`, `serial maker { id }`).
 * @param seed of an entity (`Book#2`), or of the slot of one (`Slot Book#2`)
 */
export function keyValue(seed: string, field: string, type: string): unknown {
  const [typename = '', digits = '0'] = seed.split('#');
  const number = Number(digits);
  switch (field) {
    case 'id':
      return `${typename}-${number}`;
    case 'code':
      return (hash(typename) % 1_000) * 10 + number;
    case 'shelf':
      return `s${number >> 1}`;
    case 'row':
    case 'y':
      return number & 1;
    case 'x':
      return number >> 1;
    case 'serial':
      return `q"${number & 1}"`;
    case 'slot':
      return { __typename: 'Slot', seed: `Slot ${seed}` };
    case 'maker':
      return { __typename: namedTypeOf(type), seed: `${namedTypeOf(type)}#${number >> 1}` };
    default:
      throw new TypeError(`no key field: ${field}`);
  }
}
