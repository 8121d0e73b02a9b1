import { z } from 'zod';

export interface TextRules {
  /** Characters at least; 1 unless told. */
  min?: number;
  /** Characters at most (code points, as JSON Schema counts them); no limit unless told. */
  max?: number;
  /** Whether tabs and line breaks are allowed. */
  multiline?: boolean;
  /** Whether white space around it is taken off. Only for what people type: a contract changes nothing. */
  trim?: boolean;
}

/** https://www.unicode.org/reports/tr44/#General_Category_Values: Cc, and what separates lines and paragraphs. */
const NOT_IN_A_LINE = /[\p{Cc}\u2028\u2029]/u;
const NOT_IN_A_TEXT = /(?![\t\n\r])\p{Cc}/u;

/**
 * Whether text has no half of a surrogate pair and no control characters, but for tabs and line breaks: what every store
 * of the house can keep. PostgreSQL can keep neither NUL nor half a pair.
 */
export const isCleanText = (value: string): boolean => value.isWellFormed() && !NOT_IN_A_TEXT.test(value);

const characters = (value: string): number => {
  let count = 0;
  for (const _character of value) count += 1;
  return count;
};

/**
 * The one type of text: well-formed Unicode without control characters, of a length in characters. Everything that
 * people or devices may choose is of this type, in the inputs of the API and in messages alike.
 */
export function text({ min = 1, max = Infinity, multiline = false, trim = false }: TextRules = {}): z.ZodString {
  const string = trim ? z.string().trim() : z.string();
  const clean = string
    .refine((value) => value.isWellFormed(), { error: 'must not contain half of a surrogate pair' })
    .refine((value) => !(multiline ? NOT_IN_A_TEXT : NOT_IN_A_LINE).test(value), {
      error: multiline ? 'must not contain control characters' : 'must be one line without control characters',
    })
    .refine((value) => value.length >= min && (min < 2 || characters(value) >= min), {
      error: min === 1 ? 'must not be empty' : `must have ${min} characters at least`,
    })
    .refine((value) => value.length <= max || (value.length <= 2 * max && characters(value) <= max), {
      error: `must have ${max} characters at most`,
    });
  return clean.meta({ ...(min > 0 && { minLength: min }), ...(max < Infinity && { maxLength: max }) });
}

/** The first characters of a text, `max` at most; never half of one. */
export const clip = (value: string, max: number): string =>
  value.length <= max
    ? value
    : Array.from(value.slice(0, 2 * max))
        .slice(0, max)
        .join('')
        .toWellFormed();

/** What others said, as text that can be kept and shown: each character that is none becomes U+FFFD. */
export const cleanText = (value: string): string => value.toWellFormed().replaceAll(/(?![\t\n\r])\p{Cc}/gu, '\uFFFD');
