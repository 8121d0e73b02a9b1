import { expect, test } from '@jest/globals';
import { languages } from './languages.ts';

type Texts = { readonly [key: string]: string | Texts };

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [[path + key, text] as [string, string]] : flat(text, `${path}${key}.`),
  );
const gaps = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();
const english = new Map(flat(languages.en.messages));

test.each(Object.entries(languages))('%s has every text, and fills in the same', (_code, { messages }) => {
  const texts = flat(messages);
  expect(texts.map(([key]) => key).toSorted()).toEqual([...english.keys()].toSorted());
  for (const [key, text] of texts) {
    expect(text.trim()).not.toBe('');
    expect([key, gaps(text)]).toEqual([key, gaps(english.get(key) ?? '')]);
  }
});
