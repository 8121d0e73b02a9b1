import { describe, expect, test } from '@jest/globals';
import { bodyTypeOf } from './content-type.ts';

const of = (type: string | undefined) => {
  const { isJson, hasOtherCharset } = bodyTypeOf({ 'content-type': type });
  if (hasOtherCharset) return 'other charset';
  return isJson ? 'JSON' : 'not JSON';
};

describe('the media type of a body', () => {
  test.each([
    'application/json',
    'APPLICATION/JSON',
    ' application/json ',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json; charset="\\u\\t\\f-8"',
    'application/json; charset=utf8',
    'application/json; charset=utf-8; profile=x',
    'application/json; profile=x; charset=utf-8',
    'application/json; profile="https://a.test/b;charset=utf-16"',
    'application/json; profile="a \\" ; charset=utf-16"; charset=utf-8',
    'application/json;;; charset=utf-8;',
    'application/json;\tcharset=utf-8',
    'application/json; CHARSET=utf-8',
    'application/json; v=1',
    'application/json; xcharset=utf-16',
  ])('%j is JSON', (type) => {
    expect(of(type)).toBe('JSON');
  });

  test.each([
    undefined,
    '',
    'json',
    'text/plain',
    'text/plain; application/json',
    'text/plain, application/json',
    'application/json, text/plain',
    'application/json text/plain',
    'application/jsonp',
    'application/json5',
    'application/graphql-response+json',
    'application/x-www-form-urlencoded; charset=utf-8',
    'multipart/form-data; boundary="application/json"',
  ])('%j is not', (type) => {
    expect(of(type)).toBe('not JSON');
  });

  test.each([
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'application/json; charset=utf-8; charset=utf-7',
    'application/json; charset=utf-8; charset=utf-8',
    'application/json; charset="',
    'application/json; charset=""',
    'application/json; charset="utf-8 "',
    'application/json; profile="a"; charset=ucs2',
    'text/plain; charset=utf-16',
    'application/json, text/plain; charset=utf-8',
    `application/json; charset=${'x'.repeat(5_000)}`,
  ])('%j is in another charset', (type) => {
    expect(of(type)).toBe('other charset');
  });
});
