import { GraphQLError, parse, type Location } from 'graphql';
import { elementsOf } from './elements.ts';
import type { LintFinding, Position } from './findings.ts';
import { factsOf, rules } from './rules.ts';

/**
 * Names, descriptions, deprecations and lists of a subgraph's SDL.
 * @param base findings that this text has too are left out
 */
export function lintSdl(sdl: string, base?: string): LintFinding[] {
  const known = new Set(base === undefined ? [] : lintSdl(base).map(identity));
  try {
    const document = parse(sdl);
    const facts = factsOf(document);
    return elementsOf(document)
      .flatMap((element) =>
        rules.flatMap((rule) => {
          const found = rule(element, facts);
          const { name } = element.node;
          return found ? { ...found, coordinate: element.coordinate, ...placeOf(sdl, name.loc) } : [];
        }),
      )
      .filter((finding) => !known.has(identity(finding)));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [at = { line: 1, column: 1 }] = error.locations ?? [];
    const place = { ...at, byteOffset: error.positions?.[0] ?? 0 };
    return [{ rule: 'DOCUMENT_IS_UNREADABLE', coordinate: '', message: error.message, start: place, end: place }];
  }
}

const identity = ({ rule, coordinate }: LintFinding): string => `${rule} ${coordinate}`;

function placeOf(sdl: string, loc: Location | undefined): { start: Position; end: Position } {
  if (!loc) throw new Error('an SDL is parsed with its locations');
  const bytes = (end: number) => Buffer.byteLength(sdl.slice(0, end));
  const { line, column } = loc.startToken;
  const length = loc.end - loc.start;
  return {
    start: { line, column, byteOffset: bytes(loc.start) },
    end: { line, column: column + length, byteOffset: bytes(loc.end) },
  };
}
