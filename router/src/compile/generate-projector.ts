import {
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLOutputType,
} from 'graphql';
import type { CollectedField } from './collect-fields.ts';
import type { FieldRefusal } from './field-refusal.ts';
import { checkName, conditionOf, isInteger, isShallow, leafTest, read } from './field-code.ts';
import { GeneratedCode, named } from './generated-code.ts';
import { generatedFunction } from './generated-function.ts';
import type { ObjectSource } from './object-functions.ts';
import { getOwn } from './own.ts';
import { BUBBLE, type Project, type ProjectionError, type Projector } from './projector.ts';

export interface ProjectorSource extends ObjectSource {
  /** Whose function it will be. */
  readonly own: Projector;
  /** For what lies below. */
  readonly child: (field: CollectedField) => Projector | undefined;
}

/** What generated code may use. */
interface Runtime {
  BUBBLE: typeof BUBBLE;
  getOwn: typeof getOwn;
  own: Projector;
  /** Children, by number. */
  projectors: Projector[];
  enums: ReadonlySet<string>[];
  isInteger(value: unknown): boolean;
  isShallow(value: unknown): boolean;
  refusals: FieldRefusal[];
  refuse(errors: ProjectionError[], refusal: FieldRefusal, key: string): void;
  report(errors: ProjectionError[], message: string): void;
  prepend(errors: ProjectionError[], from: number, key: string | number): void;
}

const report: Runtime['report'] = (errors, message) => void errors.push({ message, path: [] });

const refuse: Runtime['refuse'] = (errors, { message, extensions }, key) =>
  void errors.push({ message, path: [key], extensions });

const prepend: Runtime['prepend'] = (errors, from, key) => {
  for (let index = from; index < errors.length; index += 1) errors[index]?.path.unshift(key);
};

/**
 * Writes the function that shapes objects of one type: reads each field once, checks it against its type, and makes the
 * result as one object literal, so that all results of an operation have one shape.
 */
export function generateProjector(source: ProjectorSource): Project {
  const runtime: Runtime = {
    BUBBLE,
    getOwn,
    own: source.own,
    projectors: [],
    enums: [],
    refusals: [],
    isInteger,
    isShallow,
    refuse,
    report,
    prepend,
  };
  return generatedFunction(new ProjectorCode(source, runtime).write(), { R: runtime });
}

class ProjectorCode extends GeneratedCode {
  constructor(
    private readonly source: ProjectorSource,
    private readonly runtime: Runtime,
  ) {
    super();
  }

  write(): readonly string[] {
    const { fields } = this.source;
    const always = fields.every((field) => conditionOf(field) === undefined);
    const variables = fields.map((field, index) => {
      const variable = `f${index}`;
      checkName(field.responseName);
      const test = conditionOf(field);
      this.line(`let ${variable};`);
      if (test) this.line(`if (${test}) {`);
      this.#field(field, variable);
      if (test) this.line('}');
      return { key: `[${JSON.stringify(field.responseName)}]`, variable, test };
    });
    const result = always
      ? [`return {${variables.map(({ key, variable }) => `${key}: ${variable}`).join(', ')}};`]
      : [
          'const result = {};',
          ...variables.map(({ key, variable, test }) => `${test ? `if (${test}) ` : ''}${define(key, variable)}`),
          'return result;',
        ];
    return [
      'const { BUBBLE, getOwn, own, projectors, enums, refusals, isInteger, isShallow, refuse, report, prepend } = R;',
      ...named('projectors', 'p', this.runtime.projectors),
      ...named('enums', 'e', this.runtime.enums),
      ...named('refusals', 'r', this.runtime.refusals),
      'return (input, context) => {',
      'const errors = context.errors;',
      'const variables = context.variables;',
      'let mark = errors.length;',
      ...(this.source.weight > 0 ? [`context.cost += ${Number(this.source.weight)};`] : []),
      ...this.lines,
      ...result,
      '};',
    ];
  }

  #field(field: CollectedField, variable: string): void {
    const { responseName, fetchedName, fieldName, type, parentType, refusal } = field;
    const key = JSON.stringify(responseName);
    if (refusal) {
      const number = this.runtime.refusals.push(refusal) - 1;
      this.line(`refuse(errors, r${number}, ${key}); mark = errors.length;`);
      this.line(type && isNonNullType(type) ? 'return BUBBLE;' : `${variable} = null;`);
      return;
    }
    if (fieldName === '__typename') {
      this.line(`${variable} = ${read(fetchedName)} ?? input.__typename;`);
      const runtimeType = JSON.stringify(this.source.runtimeType);
      const isItself = isObjectType(this.source.schema.getType(this.source.runtimeType));
      this.line(
        `${isItself ? `if (${variable} !== ${runtimeType}) ` : ''}${variable} = own.typenameOf(${variable}, ${runtimeType});`,
      );
      this.line(`if (${variable} === BUBBLE) return BUBBLE;`);
      return;
    }
    if (fieldName === '__schema' || fieldName === '__type') {
      this.line(`${variable} = context.introspect(${key});`);
      return;
    }
    if (!type) throw new Error(`There is no field ${parentType}.${fieldName}`);
    const child = this.source.child(field);
    this.line(`${variable} = ${read(fetchedName)};`);
    this.#complete(type, variable, child, JSON.stringify(`field ${parentType}.${responseName}`));
    this.line(`if (errors.length !== mark) { prepend(errors, mark, ${key}); mark = errors.length; }`);
    this.line(`if (${variable} === BUBBLE) return BUBBLE;`);
  }

  /** Turns the value in `variable` into what is answered: BUBBLE when it may not be null and is. */
  #complete(type: GraphQLOutputType, variable: string, child: Projector | undefined, where: string): void {
    const mustBe = isNonNullType(type);
    const nullable = mustBe ? type.ofType : type;
    this.line(`if (${variable} === null || ${variable} === undefined) {`);
    this.line(`if (${variable} === undefined) context.missing += 1;`);
    if (mustBe) {
      this.line(`report(errors, "Cannot return null for non-nullable " + ${where} + ".");`);
      this.line(`${variable} = BUBBLE;`);
    } else this.line(`${variable} = null;`);
    this.line('} else {');
    this.#completePresent(nullable, variable, child, where);
    if (mustBe) this.line(`if (${variable} === null) ${variable} = BUBBLE;`);
    this.line('}');
  }

  #completePresent(
    type: Exclude<GraphQLOutputType, { readonly ofType: never }>,
    variable: string,
    child: Projector | undefined,
    where: string,
  ): void {
    if (isListType(type)) this.#completeList(type.ofType as GraphQLOutputType, variable, child, String(type));
    else if (isLeafType(type)) this.#completeLeaf(type, variable, where);
    else this.#completeObject(variable, child, where, String(type));
  }

  #completeList(of: GraphQLOutputType, variable: string, child: Projector | undefined, type: string): void {
    const [list, out, index, element, nullify, before] = ['l', 'o', 'i', 'e', 'n', 'm'].map((name) => this.name(name));
    const elementType = isNonNullType(of) ? of.ofType : of;
    this.line(
      `if (!Array.isArray(${variable})) { report(errors, ${JSON.stringify(`Invalid non-list value found for type ${type}.`)}); ${variable} = null; } else {`,
    );
    this.line(`const ${list} = ${variable}, ${out} = new Array(${list}.length);`);
    this.line(`let ${nullify} = false;`);
    this.line(`for (let ${index} = 0; ${index} < ${list}.length; ${index} += 1) {`);
    this.line(`const ${before} = errors.length;`);
    this.line(`let ${element} = ${list}[${index}];`);
    this.#complete(
      of,
      element ?? '',
      child,
      `${JSON.stringify(`array element of type ${String(elementType)} at index `)} + ${index}`,
    );
    this.line(`if (errors.length !== ${before}) prepend(errors, ${before}, ${index});`);
    this.line(`if (${element} === BUBBLE) { ${nullify} = true; ${element} = null; }`);
    this.line(`${out}[${index}] = ${element};`);
    this.line('}');
    this.line(`${variable} = ${nullify} ? null : ${out};`);
    this.line('}');
  }

  #completeLeaf(type: GraphQLLeafType, variable: string, where: string): void {
    const test = leafTest(type, variable, this.runtime.enums);
    this.line(`if (!(${test})) { report(errors, "Invalid value found for " + ${where} + "."); ${variable} = null; }`);
  }

  #completeObject(variable: string, child: Projector | undefined, where: string, type: string): void {
    if (!child) throw new Error(`Invalid empty selection set for composite type ${type}`);
    const number = this.runtime.projectors.push(child) - 1;
    const [object, typename] = [this.name('v'), this.name('t')];
    this.line(
      `if (typeof ${variable} !== "object") { report(errors, ${JSON.stringify(`Invalid non-object value found for type ${type}.`)}); ${variable} = null; } else {`,
    );
    this.line(`const ${object} = ${variable}, ${typename} = ${object}.__typename;`);
    this.line(
      `${variable} = ${typename} === undefined || ${typename} === ${JSON.stringify(child.declaredType)} ? p${number}.declared(${object}, context) : p${number}.project(${object}, context);`,
    );
    this.line(
      `if (${variable} === undefined) { report(errors, "Invalid __typename found for object at " + ${where} + "."); ${variable} = null; }`,
    );
    this.line(`else if (${variable} === BUBBLE) ${variable} = null;`);
    this.line('}');
  }
}

const define = (key: string, variable: string): string =>
  key === '["__proto__"]'
    ? `Object.defineProperty(result, "__proto__", { value: ${variable}, writable: true, enumerable: true, configurable: true });`
    : `result${key} = ${variable};`;
