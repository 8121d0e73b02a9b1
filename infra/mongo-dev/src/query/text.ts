import { MongoError, notImplemented } from '../errors.ts';
import { isDocument, type Doc } from '../values/document.ts';
import { valuesAt } from '../values/path.ts';
import { fold, wordsOf } from './words.ts';

/** One compiled `$text` query over a collection's text index. */
export interface TextSearch {
  matches(doc: Doc): boolean;
  score(doc: Doc): number;
}

/** Field path to weight. */
export type Weights = Record<string, number>;

/** Documents never change in place, so the words of one are found once. */
const scored = new WeakMap<Weights, WeakMap<Doc, Map<string, number>>>();

/** Words are alternatives, "phrases" are required, -words are excluded (the syntax of MongoDB's `$search`). */
export function compileText(query: unknown, weights: Weights | undefined): TextSearch {
  if (!weights) throw new MongoError(27, 'text index required for $text query');
  if (!isDocument(query) || typeof query.$search !== 'string') throw new MongoError(9, '$text needs a $search string');
  for (const [name, value] of Object.entries(query)) {
    const known =
      name === '$search' || value === false || (name === '$language' && (value === 'english' || value === 'none'));
    if (!known) throw notImplemented(`$text option ${name}: ${JSON.stringify(value)}`);
  }
  const phrases = [...query.$search.matchAll(/(?<!-)"([^"]+)"/g)].map((match) => fold(match[1]!));
  const rest = query.$search.replace(/(?<!-)"([^"]+)"/g, ' $1 ');
  const excluded = [...rest.matchAll(/(?:^|\s)-("[^"]+"|\S+)/g)].flatMap((match) => wordsOf(match[1]!));
  const wanted = new Set(wordsOf(rest.replace(/(?:^|\s)-("[^"]+"|\S+)/g, ' ')));
  const score = (doc: Doc) => {
    const scores = scoresOf(doc, weights);
    return [...wanted].reduce((sum, word) => sum + (scores.get(word) ?? 0), 0);
  };
  return {
    score,
    matches: (doc) =>
      score(doc) > 0 &&
      !excluded.some((word) => scoresOf(doc, weights).has(word)) &&
      phrases.every((phrase) => textsOf(doc, weights).some(([text]) => fold(text).includes(phrase))),
  };
}

function textsOf(doc: Doc, weights: Weights): [string, number][] {
  return Object.entries(weights).flatMap(([path, weight]) =>
    valuesAt(doc, path)
      .flat()
      .filter((value) => typeof value === 'string')
      .map((text): [string, number] => [text, weight]),
  );
}

/** The weight of each word, by the formula of MongoDB's fts_spec.cpp: later repetitions count half as much each time. */
function scoresOf(doc: Doc, weights: Weights): Map<string, number> {
  const cache = scored.get(weights) ?? new WeakMap<Doc, Map<string, number>>();
  scored.set(weights, cache);
  const known = cache.get(doc);
  if (known) return known;
  const scores = new Map<string, number>();
  for (const [text, weight] of textsOf(doc, weights)) {
    const words = wordsOf(text);
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, count] of counts) {
      const frequency = 2 - 2 ** (1 - count);
      const share = (0.5 * count) / words.length + 0.5;
      const whole = text.length === word.length ? 1.1 : 1;
      scores.set(word, (scores.get(word) ?? 0) + weight * frequency * share * whole);
    }
  }
  cache.set(doc, scores);
  return scores;
}
