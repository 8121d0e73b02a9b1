import { expect } from '@jest/globals';
import { codeOf, type Answer } from './answer.ts';
import type { Codes, Expected } from './attack.ts';

/** What no answer may hold: where in the code something went wrong. */
const INTERNALS = /stacktrace|node_modules|\.[tj]s:\d+|\bat \S+ \(|\/(?:srv|src|dist)\//;

/** Compares what became of an attack with what had to. */
export function judge(answer: Answer, expected: Expected): void {
  expect(answer.status ?? 200).toBeLessThan(500);
  expect(answer.text).not.toMatch(INTERNALS);
  expect(answer.headers).not.toHaveProperty('x-powered-by');
  expect(seenOf(answer, expected)).toEqual(wantedOf(expected, answer));
}

/** Over a WebSocket there is no status: that of HTTP is taken as given. */
function seenOf(answer: Answer, expected: Expected): object {
  const { status, closeCode, refused, body } = answer;
  const code = codeOf(answer);
  const data = body?.data ?? null;
  if ('closed' in expected && status === undefined) return { closeCode };
  if ('refused' in expected) {
    return { status: status ?? expected.refused, refused, ...(expected.code && { code }), data };
  }
  if ('nothing' in expected) return { code, data: isEmpty(data) ? null : data };
  if ('denied' in expected) return { status: status ?? 200, code, data: isEmpty(data) ? null : data };
  if ('status' in expected) return { status };
  const isBeside = 'data' in expected && expected.beside !== undefined;
  return { status: status ?? 200, data, ...(isBeside ? { code } : { errors: body?.errors }) };
}

function wantedOf(expected: Expected, { status }: Answer): object {
  if ('closed' in expected && status === undefined) return { closeCode: expected.closed };
  if ('refused' in expected) {
    const { refused, code } = expected;
    return { status: refused, refused: true, ...(code && { code: oneOf(code) }), data: null };
  }
  if ('nothing' in expected) return { code: oneOf(expected.nothing), data: null };
  if ('denied' in expected) return { status: 200, code: oneOf(expected.denied), data: null };
  if ('status' in expected) return expected;
  if ('data' in expected) {
    return {
      status: 200,
      data: expected.data,
      ...(expected.beside ? { code: expected.beside } : { errors: undefined }),
    };
  }
  return { closeCode: expected.closed };
}

const oneOf = (codes: Codes): unknown =>
  typeof codes === 'string' ? codes : expect.stringMatching(`^(?:${codes.join('|')})$`);

/** Whether a response tells nothing: every value in it is null. */
const isEmpty = (data: unknown): boolean =>
  typeof data === 'object' && (data === null || Object.values(data).every(isEmpty));
