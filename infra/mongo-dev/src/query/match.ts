import { MongoError, notImplemented } from '../errors.ts';
import { bsonType, isDocument, type Doc } from '../values/document.ts';
import { valuesAt } from '../values/path.ts';
import { operators, type Test } from './operators.ts';
import { regexTest } from './regex.ts';

export type Matches = (doc: Doc) => boolean;

/** What a filter needs from outside: aggregation expressions and the collection's text index. */
export interface MatchContext {
  readonly expression?: (expression: unknown) => (doc: Doc) => unknown;
  readonly text?: (query: Doc) => Matches;
}

/** Compiles a filter. Throws code 2 for any operator that is not in the tables. */
export function compileFilter(filter: unknown, context: MatchContext = {}): Matches {
  if (!isDocument(filter)) throw new MongoError(9, 'a filter must be a document');
  const tests = Object.entries(filter).map(([key, value]) =>
    key.startsWith('$') ? logical(key, value, context) : fieldTest(key, value),
  );
  return tests.length === 1 ? tests[0]! : (doc) => tests.every((test) => test(doc));
}

function logical(name: string, value: unknown, context: MatchContext): Matches {
  // $text is allowed at the top level only; the branches are compiled without it.
  const inner = { expression: context.expression };
  switch (name) {
    case '$and': {
      const all = branches(name, value, inner);
      return (doc) => all.every((test) => test(doc));
    }
    case '$or': {
      const any = branches(name, value, inner);
      return (doc) => any.some((test) => test(doc));
    }
    case '$nor': {
      const none = branches(name, value, inner);
      return (doc) => !none.some((test) => test(doc));
    }
    case '$expr': {
      if (!context.expression) throw notImplemented('$expr here');
      const evaluate = context.expression(value);
      return (doc) => truthy(evaluate(doc));
    }
    case '$text':
      if (!context.text) throw notImplemented('$text anywhere but at the top level of a filter');
      return context.text(value as Doc);
    case '$comment':
      return () => true;
    default:
      throw notImplemented(`query operator ${name}`);
  }
}

function branches(name: string, value: unknown, context: MatchContext): Matches[] {
  if (!Array.isArray(value) || value.length === 0) throw new MongoError(2, `${name} must be a nonempty array`);
  return value.map((branch) => compileFilter(branch, context));
}

function fieldTest(path: string, condition: unknown): Matches {
  const test = conditionTest(condition);
  return (doc) => test(valuesAt(doc, path));
}

/** True when a value is a set of operators (`{ $gt: 1 }`) rather than a document to equal. */
export function isOperators(value: unknown): value is Doc {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

function conditionTest(condition: unknown): Test {
  if (bsonType(condition) === 'BSONRegExp') return regexTest(condition, undefined);
  if (!isOperators(condition)) return operators.$eq(condition);
  const tests = Object.entries(condition).map(([name, operand]) => operatorTest(name, operand, condition));
  return (values) => tests.every((test) => test(values));
}

function operatorTest(name: string, operand: unknown, condition: Doc): Test {
  switch (name) {
    case '$not': {
      if (!isOperators(operand) && bsonType(operand) !== 'BSONRegExp')
        throw new MongoError(2, '$not needs a regex or a document');
      const test = conditionTest(operand);
      return (values) => !test(values);
    }
    case '$elemMatch': {
      if (!isDocument(operand)) throw new MongoError(2, '$elemMatch needs an Object');
      const first = Object.keys(operand)[0] ?? '';
      const byValue = first.startsWith('$') && !['$and', '$or', '$nor'].includes(first);
      const value = byValue ? conditionTest(operand) : undefined;
      const document = byValue ? undefined : compileFilter(operand);
      const element = (item: unknown) => (value ? value([item]) : isDocument(item) && document!(item));
      return (values) => values.some((list) => Array.isArray(list) && list.some(element));
    }
    case '$regex':
      return regexTest(operand, condition.$options);
    case '$options':
      if (!('$regex' in condition)) throw new MongoError(2, '$options needs a $regex');
      return () => true;
    default: {
      const make = Object.hasOwn(operators, name) ? operators[name as keyof typeof operators] : undefined;
      if (!make) throw notImplemented(`query operator ${name}`);
      return make(operand as never);
    }
  }
}

const truthy = (value: unknown) => value !== null && value !== undefined && value !== false && value !== 0;
