import { BadUserInput, decodeCursor, encodeCursor } from '@brigade/service-kit';

/** An order at some point of its history. */
interface Place {
  readonly id: string;
  readonly version: number;
}

/** A place in the history of one order, opaque to clients: always the same for the same place. */
export const orderCursor = ({ id, version }: Place): string => encodeCursor([id, version]);

/**
 * The version at a cursor of an order.
 * @param order as it stands
 * @throws BadUserInput for a cursor that this order has not handed out
 */
export function versionAt(order: Place, cursor: string): number {
  const [id, version] = decodeCursor(cursor, 2);
  const inHistory =
    typeof version === 'number' && Number.isInteger(version) && version >= 1 && version <= order.version;
  if (id !== order.id || !inHistory) throw new BadUserInput('The cursor is not one that this order handed out.');
  return version;
}
