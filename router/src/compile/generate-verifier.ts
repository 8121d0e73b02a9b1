import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
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
import { checkName, conditionOf } from './field-code.ts';
import { GeneratedCode, codeOf, named } from './generated-code.ts';
import { generatedFunction } from './generated-function.ts';
import type { ObjectSource } from './object-functions.ts';
import type { ProjectionContext } from './projector.ts';
import { ELSE, passInteger, passNumber, passOneOf, passString, passText } from './verify-json.ts';

/**
 * Passes over an object in a subgraph's answer that is, to the byte, what the client is to be answered.
 * @param at where it should begin
 * @returns where it ends, or ELSE
 */
export type Verify = (bytes: Uint8Array, at: number, context: Pick<ProjectionContext, 'cost'>) => number;

/** Verifies objects of one declared type. */
export interface Verifier {
  readonly declared: Verify;
}

export interface VerifierSource extends ObjectSource {
  /** For what lies below. */
  readonly child: (field: CollectedField) => Verifier | undefined;
}

/** What generated code may use. */
interface Runtime {
  string: typeof passString;
  integer: typeof passInteger;
  number: typeof passNumber;
  text: typeof passText;
  oneOf: typeof passOneOf;
  /** Children, by number. */
  verifiers: Verifier[];
  texts: Uint8Array[];
  /** The names of an enum's values, as JSON. */
  enums: Uint8Array[][];
}

/**
 * Writes the function that verifies objects of one type: the fields that are asked for in their order and no others, each
 * with a value of its type. It has no opinion of interfaces, unions, and fields that are asked for on condition.
 */
export function generateVerifier(source: VerifierSource): Verify {
  const isPlain =
    isObjectType(source.schema.getType(source.runtimeType)) &&
    source.fields.every((field) => !field.refusal && conditionOf(field) === undefined);
  if (!isPlain) return () => ELSE;
  const runtime: Runtime = {
    string: passString,
    integer: passInteger,
    number: passNumber,
    text: passText,
    oneOf: passOneOf,
    verifiers: [],
    texts: [],
    enums: [],
  };
  return generatedFunction(new VerifierCode(source, runtime).write(), { R: runtime });
}

class VerifierCode extends GeneratedCode {
  constructor(
    private readonly source: VerifierSource,
    private readonly runtime: Runtime,
  ) {
    super();
  }

  write(): readonly string[] {
    const { fields, weight } = this.source;
    for (const [index, field] of fields.entries()) this.#field(field, index === 0 ? '{' : ',');
    this.#text('}');
    const { verifiers, texts, enums } = this.runtime;
    return [
      'const { string, integer, number, text, oneOf, verifiers, texts, enums } = R;',
      ...named('verifiers', 'v', verifiers),
      ...named('texts', 'x', texts),
      ...named('enums', 'e', enums),
      'return (bytes, begin, context) => {',
      'let at = begin;',
      ...(weight > 0 ? [`context.cost += ${Number(weight)};`] : []),
      ...this.lines,
      'return at;',
      '};',
    ];
  }

  #field(field: CollectedField, before: string): void {
    const { responseName, fieldName, type } = field;
    checkName(responseName);
    const key = `${before}${JSON.stringify(responseName)}:`;
    if (fieldName === '__typename') this.#text(key + JSON.stringify(this.source.runtimeType));
    else if (!type) this.line(`return ${ELSE};`);
    else {
      this.#text(key);
      this.#value(type, this.source.child(field));
    }
  }

  #value(type: GraphQLOutputType, child: Verifier | undefined): void {
    const mustBe = isNonNullType(type);
    const present = mustBe ? type.ofType : type;
    if (!mustBe) {
      const end = this.name('n');
      this.line(`const ${end} = ${this.#passLong('null')};`);
      this.line(`if (${end} !== ${ELSE}) at = ${end}; else {`);
    }
    if (isListType(present)) this.#list(present.ofType as GraphQLOutputType, child);
    else if (isLeafType(present)) this.#pass(this.#passLeaf(present));
    else if (child) this.#pass(`v${this.runtime.verifiers.push(child) - 1}.declared(bytes, at, context)`);
    else throw new Error(`Invalid empty selection set in ${this.source.runtimeType}`);
    if (!mustBe) this.line('}');
  }

  #list(of: GraphQLOutputType, child: Verifier | undefined): void {
    this.#text('[');
    this.line(`if (bytes[at] === ${codeOf(']')}) at += 1; else for (;;) {`);
    this.#value(of, child);
    this.line(`if (bytes[at] === ${codeOf(',')}) { at += 1; continue; }`);
    this.#text(']');
    this.line('break;');
    this.line('}');
  }

  /** JavaScript that says where a leaf ends. */
  #passLeaf(type: GraphQLLeafType): string {
    const pass = (name: keyof Runtime) => `${name}(bytes, at)`;
    const isString = `bytes[at] === ${codeOf('"')}`;
    if (isEnumType(type)) {
      const names = type.getValues().map(({ name }) => Buffer.from(JSON.stringify(name)));
      return `oneOf(bytes, at, e${this.runtime.enums.push(names) - 1})`;
    }
    switch (type.name) {
      case GraphQLString.name:
        return pass('string');
      case GraphQLInt.name:
        return pass('integer');
      case GraphQLFloat.name:
        return pass('number');
      case GraphQLBoolean.name:
        return `bytes[at] === ${codeOf('t')} ? ${this.#passLong('true')} : ${this.#passLong('false')}`;
      case GraphQLID.name:
        return `${isString} ? ${pass('string')} : ${pass('integer')}`;
      default:
        // Of the schema's own: a string mostly. Lists and objects are left to others.
        return `${isString} ? ${pass('string')} : ${pass('number')}`;
    }
  }

  #passLong(text: string): string {
    return `text(bytes, at, x${this.runtime.texts.push(Buffer.from(text)) - 1})`;
  }

  #pass(code: string): void {
    this.line(`at = ${code};`);
    this.line(`if (at === ${ELSE}) return ${ELSE};`);
  }

  /** What is always the same. */
  #text(text: string): void {
    const bytes = Buffer.from(text);
    if (!this.isWrittenOut(bytes)) this.#pass(this.#passLong(text));
    else {
      const differs = [...bytes].map((byte, index) => `bytes[at + ${index}] !== ${byte}`).join(' || ');
      this.line(`if (${differs}) return ${ELSE};`);
      this.line(`at += ${bytes.length};`);
    }
  }
}
