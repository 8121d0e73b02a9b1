import { GraphQLScalarType } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';

/** What an argument may name: every store of the house can compare with it. */
export const EARLIEST = new Date('1970-01-01T00:00:00.000Z');
export const LATEST = new Date('9999-12-31T23:59:59.999Z');

/** The one scalar for times. Its range as an argument is checked by `guardInputs`, which can name the field. */
export const DateTime = new GraphQLScalarType({
  ...DateTimeResolver.toConfig(),
  description:
    'A time in ISO 8601, e.g. `2026-01-01T12:00:00.000Z`. In arguments from 1970-01-01T00:00:00Z to 9999-12-31T23:59:59.999Z; others are refused with `BAD_USER_INPUT`.',
});
