/** The rules, by the names that rover knows where it knows one. */
export type LintRule =
  | 'TYPE_NAMES_SHOULD_BE_PASCAL_CASE'
  | 'FIELD_NAMES_SHOULD_BE_CAMEL_CASE'
  | 'ENUM_VALUES_SHOULD_BE_SCREAMING_SNAKE_CASE'
  | 'INPUT_TYPE_SUFFIX'
  | 'ALL_ELEMENTS_REQUIRE_DESCRIPTION'
  | 'DEPRECATED_DIRECTIVE_REASON'
  | 'DEPRECATION_REQUIRES_DATE'
  | 'LISTS_REQUIRE_PAGINATION'
  | 'DOCUMENT_IS_UNREADABLE';

export interface LintFinding {
  readonly rule: LintRule;
  /** `Type`, `Type.field`, `Type.field.argument` or `Enum.VALUE`. */
  readonly coordinate: string;
  readonly message: string;
  /** In the SDL; lines and columns from 1, bytes from 0. */
  readonly start: Position;
  readonly end: Position;
}

export interface Position {
  readonly line: number;
  readonly column: number;
  readonly byteOffset: number;
}
