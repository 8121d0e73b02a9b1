/** The code of the error that stands for data that is missing though no subgraph told of an error. */
export const INCOMPLETE = 'INCOMPLETE_SUBGRAPH_RESPONSE';

/** What clients are told of a field that is null, whatever is known of it. */
export interface FieldRefusal {
  readonly message: string;
  readonly extensions: { readonly code: string };
}

/** The planner found no subgraph that can be asked for the field at its place. */
export const unresolvable = (typeName: string, fieldName: string): FieldRefusal => ({
  message: `No subgraph can be asked for ${typeName}.${fieldName} here.`,
  extensions: { code: 'FIELD_NOT_RESOLVABLE' },
});
