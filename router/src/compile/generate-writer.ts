import {
  GraphQLFloat,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from 'graphql';
import type { CollectedField } from './collect-fields.ts';
import { checkName, conditionOf, isInteger, isShallow, leafTest, read } from './field-code.ts';
import { GeneratedCode, codeOf, named } from './generated-code.ts';
import { generatedFunction } from './generated-function.ts';
import type { ObjectSource } from './object-functions.ts';
import { getOwn, type JsonObject } from './own.ts';
import type { ProjectionContext } from './projector.ts';
import { writeJson, writeNumber, writeString, type JsonOutput } from './write-json.ts';

/** What was fetched is not what it should be: the projector says what is told of it. */
export const IRREGULAR = -1;

/**
 * Writes an object as JSON.
 * @param at where it begins
 * @returns where it ends, or IRREGULAR
 */
export type Write = (
  input: JsonObject,
  output: JsonOutput,
  at: number,
  context: Pick<ProjectionContext, 'variables' | 'cost'>,
) => number;

/** Writes objects of one declared type. */
export interface Writer {
  /** For objects that say they are of the declared type, or say nothing. */
  readonly declared: Write;
  readonly declaredType: string;
  /** For objects that say what they are. */
  readonly write: Write;
}

export interface WriterSource extends ObjectSource {
  /** For what lies below. */
  readonly child: (field: CollectedField) => Writer | undefined;
}

/** What generated code may use. */
interface Runtime {
  getOwn: typeof getOwn;
  isInteger: typeof isInteger;
  isShallow: typeof isShallow;
  string: typeof writeString;
  number: typeof writeNumber;
  json: typeof writeJson;
  /** Children, by number. */
  writers: Writer[];
  enums: ReadonlySet<string>[];
  /** Names that are too long to be written out in code. */
  texts: Buffer[];
}

/**
 * Writes the function that writes objects of one type: what the projector would make and JSON.stringify would write of it,
 * in one go. It gives up where a null must bubble up, a value does not fit its type, or somebody is to be told something.
 */
export function generateWriter(source: WriterSource): Write {
  const runtime: Runtime = {
    getOwn,
    isInteger,
    isShallow,
    string: writeString,
    number: writeNumber,
    json: writeJson,
    writers: [],
    enums: [],
    texts: [],
  };
  return generatedFunction(new WriterCode(source, runtime).write(), { R: runtime });
}

class WriterCode extends GeneratedCode {
  constructor(
    private readonly source: WriterSource,
    private readonly runtime: Runtime,
  ) {
    super();
  }

  write(): readonly string[] {
    const { fields, weight } = this.source;
    // Each field begins with a comma; the first one becomes the brace.
    for (const field of fields) {
      checkName(field.responseName);
      const test = conditionOf(field);
      if (test) this.line(`if (${test}) {`);
      this.#field(field);
      if (test) this.line('}');
    }
    const { writers, enums, texts } = this.runtime;
    return [
      'const { getOwn, isInteger, isShallow, string, number, json, writers, enums, texts } = R;',
      ...named('writers', 'w', writers),
      ...named('enums', 'e', enums),
      ...named('texts', 'x', texts),
      'return (input, output, begin, context) => {',
      'const { bytes } = output;',
      'const { variables } = context;',
      'let at = begin;',
      ...(weight > 0 ? [`context.cost += ${Number(weight)};`] : []),
      ...this.lines,
      `if (at === begin) at += 1;`,
      `bytes[begin] = ${codeOf('{')};`,
      `bytes[at] = ${codeOf('}')};`,
      'return at + 1;',
      '};',
    ];
  }

  #field(field: CollectedField): void {
    const { responseName, fetchedName, fieldName, type, refusal } = field;
    const key = `,${JSON.stringify(responseName)}:`;
    if (refusal) {
      this.#giveUp();
      return;
    }
    if (fieldName === '__typename') {
      const { runtimeType, schema } = this.source;
      const name = this.name('f');
      this.line(`const ${name} = ${read(fetchedName)} ?? input.__typename;`);
      if (!isObjectType(schema.getType(runtimeType))) this.#giveUp();
      else {
        this.#giveUp(`${name} !== ${JSON.stringify(runtimeType)}`);
        this.#text(`${key}${JSON.stringify(runtimeType)}`);
      }
      return;
    }
    if (!type) {
      // Of the schema itself, or there is no such field.
      this.#giveUp();
      return;
    }
    const child = this.source.child(field);
    const value = this.name('f');
    this.line(`const ${value} = ${read(fetchedName)};`);
    this.#text(key);
    this.#value(type, value, child);
  }

  #value(type: GraphQLOutputType, value: string, child: Writer | undefined): void {
    const mustBe = isNonNullType(type);
    const present = mustBe ? type.ofType : type;
    // What is absent may be an error.
    if (mustBe) this.#giveUp(`${value} === null || ${value} === undefined`);
    else {
      this.#giveUp(`${value} === undefined`);
      this.line(`if (${value} === null) {`);
      this.#text('null');
      this.line('} else {');
    }
    if (isListType(present)) this.#list(present.ofType as GraphQLOutputType, value, child);
    else if (isLeafType(present)) this.#leaf(present, value);
    else this.#object(value, child);
    if (!mustBe) this.line('}');
  }

  #list(of: GraphQLOutputType, list: string, child: Writer | undefined): void {
    const [begin, index, element] = [this.name('b'), this.name('i'), this.name('e')];
    this.#giveUp(`!Array.isArray(${list})`);
    this.line(`const ${begin} = at;`);
    this.line(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1) {`);
    this.line(`const ${element} = ${list}[${index}];`);
    this.line('at += 1;');
    this.#value(of, element, child);
    this.line(`bytes[at] = ${codeOf(',')};`);
    this.line('}');
    this.line(`if (at === ${begin}) at += 1;`);
    this.line(`bytes[${begin}] = ${codeOf('[')};`);
    this.line(`bytes[at] = ${codeOf(']')};`);
    this.line('at += 1;');
  }

  #leaf(type: GraphQLLeafType, value: string): void {
    this.#giveUp(`!(${leafTest(type, value, this.runtime.enums)})`);
    const write = (writer: string) => `${writer}(${value}, output, at)`;
    const writer = writerOf(type);
    // Ids and scalars of the schema's own are strings mostly.
    const code =
      writer === 'json' ? `typeof ${value} === "string" ? ${write('string')} : ${write('json')}` : write(writer);
    this.line(`at = ${code};`);
  }

  #object(value: string, child: Writer | undefined): void {
    if (!child) throw new Error(`Invalid empty selection set in ${this.source.runtimeType}`);
    const number = this.runtime.writers.push(child) - 1;
    const typename = this.name('t');
    this.#giveUp(`typeof ${value} !== "object"`);
    this.line(`const ${typename} = ${value}.__typename;`);
    const isDeclared = `${typename} === undefined || ${typename} === ${JSON.stringify(child.declaredType)}`;
    const call = (name: string) => `w${number}.${name}(${value}, output, at, context)`;
    this.line(`at = ${isDeclared} ? ${call('declared')} : ${call('write')};`);
    this.#giveUp(`at === ${IRREGULAR}`);
  }

  /** JavaScript that writes what is always the same. */
  #text(text: string): void {
    const bytes = Buffer.from(text);
    if (!this.isWrittenOut(bytes)) {
      const number = this.runtime.texts.push(bytes) - 1;
      this.line(`for (let i = 0; i < ${bytes.length}; i += 1) bytes[at + i] = x${number}[i];`);
    } else {
      this.line([...bytes].map((byte, index) => `bytes[at + ${index}] = ${byte};`).join(' '));
    }
    this.line(`at += ${bytes.length};`);
  }

  #giveUp(when?: string): void {
    this.line(`${when === undefined ? '' : `if (${when}) `}return ${IRREGULAR};`);
  }
}

/** The function of the runtime that writes a leaf which fits its type. */
function writerOf(type: GraphQLLeafType): keyof Pick<Runtime, 'string' | 'number' | 'json'> {
  if (isEnumType(type)) return 'string';
  switch (type.name) {
    case GraphQLString.name:
      return 'string';
    case GraphQLInt.name:
    case GraphQLFloat.name:
      return 'number';
    default:
      return 'json';
  }
}
