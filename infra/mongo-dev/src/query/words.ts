/** Words that a text index leaves out (the common core of MongoDB's English list). */
const STOP = new Set(
  (
    'a about above after again against all am an and any are as at be because been before being below between both but by ' +
    'can did do does doing down during each few for from further had has have having he her here hers him his how i if in ' +
    'into is it its me more most my no nor not of off on once only or other our out over own same she should so some such ' +
    'than that the their them then there these they this those through to too under until up very was we were what when ' +
    'where which while who whom why will with you your'
  ).split(' '),
);

/** Lower case without accents, so that "Crème" and "creme" are one word. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The indexed words of a text: folded, without stop words, plurals reduced. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}_]+/gu) ?? []).filter((word) => !STOP.has(word)).map(singular);
}

/** Plurals only, after steps 1a, 1c and 5a of Porter's stemmer (1980). MongoDB stems further ("cooking" finds "cooked"). */
function singular(word: string): string {
  if (word.length < 4) return word;
  const single = word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.endsWith('s') && !/(ss|us)$/.test(word)
      ? word.slice(0, -1)
      : word;
  return single.replace(/e$/, '').replace(/(?<=[^aeiou])y$/, 'i');
}
