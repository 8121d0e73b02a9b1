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
