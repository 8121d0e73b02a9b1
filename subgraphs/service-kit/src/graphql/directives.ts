import { Directive } from 'type-graphql';

/*
 * What the router is told of a field. It refuses and counts before a subgraph is asked; resolvers check again, because
 * whoever holds the key of the internal header can ask them, too.
 */

/** Staff, managers and admins are answered; for others the router leaves the field out. */
export const ForStaff = (): MethodDecorator => Directive('@policy(policies: [["staff"]])') as MethodDecorator;

/** Managers and admins are answered; for others the router leaves the field out. */
export const ForManagers = (): MethodDecorator => Directive('@policy(policies: [["manager"]])') as MethodDecorator;

/** A list without pages, because it ends by its nature: with about `size` entries. */
export const ListOfAbout = (size: number): MethodDecorator & PropertyDecorator =>
  Directive(`@listSize(assumedSize: ${size})`) as MethodDecorator & PropertyDecorator;

/** A plain list: as long as `first` says, at most. */
export const FirstFew = (): MethodDecorator => Directive('@listSize(slicingArguments: ["first"])') as MethodDecorator;

/** A connection: its edges are as many as `first` says. */
export const Paginated = (): MethodDecorator =>
  Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges"])') as MethodDecorator;
