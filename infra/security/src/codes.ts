/**
 * What somebody is told who may not do something: by the subgraph, or, where the schema says who may, by the router
 * before it asks the subgraph.
 */
export const NOT_LOGGED_IN = ['UNAUTHENTICATED', 'UNAUTHORIZED_FIELD_OR_TYPE'] as const;
export const NOT_ALLOWED = ['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE'] as const;
export const NOT_THERE = ['NOT_FOUND', 'UNAUTHORIZED_FIELD_OR_TYPE'] as const;
