import { Lexer, Source, TokenKind } from 'graphql';
import { refusal } from './refusal.ts';

/**
 * How deep brackets of any kind may nest in a document. The parser, validation and everything after them go down by
 * recursion, and how far the stack reaches differs from lane to lane and from call to call: a text is refused for its
 * depth before that, always or never.
 */
const MAX_NESTING = 200;

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

export const TOO_DEEP = 'Syntax Error: The document nests too deep.';

/** @throws Refusal (400); what else is wrong with the text is left to the parser */
export function checkNesting(text: string, maxTokens: number): void {
  if (nestsTooDeep(text, maxTokens)) throw refusal(400, 'GRAPHQL_PARSE_FAILED', TOO_DEEP);
}

function nestsTooDeep(text: string, maxTokens: number): boolean {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let count = 0; count <= maxTokens; count += 1) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) return false;
      if (OPENING.has(kind)) depth += 1;
      if (CLOSING.has(kind)) depth -= 1;
      if (depth > MAX_NESTING) return true;
    }
    return false;
  } catch {
    return false; // no token: a syntax error
  }
}
