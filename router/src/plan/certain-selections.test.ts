import { expect, test } from '@jest/globals';
import { getOperationAST, parse, print, stripIgnoredCharacters } from 'graphql';
import { dropNeverSelected } from './certain-selections.ts';

test.each([
  ['{a @skip(if: true) b @include(if: true)}', '{b}'],
  ['{a {b @skip(if: true)} c {... @include(if: false) {d}}}', '{a {__typename} c {__typename}}'],
  ['{...F @skip(if: true)} fragment F on T {a}', 'fragment F on T {a}'],
  ['{a ...F} fragment F on T {...G} fragment G on T {b @skip(if: true)}', '{a}'],
  ['{...F ...F @include(if: true)} fragment F on T {a b @skip(if: true)}', '{...F ...F} fragment F on T {a}'],
  [
    'query ($c: Boolean!) {a @skip(if: $c) @include(if: true) b @skip(if: $c) @include(if: false)}',
    'query ($c: Boolean!) {a @skip(if: $c)}',
  ],
  [
    'query ($c: Boolean!) {a @skip(if: $c) {b @include(if: $c)}}',
    'query ($c: Boolean!) {a @skip(if: $c) {__typename b @include(if: $c)}}',
  ],
  [
    'query ($c: Boolean!) {a @skip(if: $c) {b @skip(if: $c)}}',
    'query ($c: Boolean!) {a @skip(if: $c) {b @skip(if: $c)}}',
  ],
  [
    'query ($c: Boolean!) {... @skip(if: $c) {a {...F}}} fragment F on T {b @include(if: $c)}',
    'query ($c: Boolean!) {... @skip(if: $c) {a {__typename ...F}}} fragment F on T {b @include(if: $c)}',
  ],
])('%s selects %s', (text, expected) => {
  const document = parse(text);
  const operation = getOperationAST(document);
  const found = operation && print(dropNeverSelected(document, operation));
  expect(stripIgnoredCharacters(found ?? '')).toBe(stripIgnoredCharacters(expected));
});
