import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse, validate, type DocumentNode } from 'graphql';
import type { CallSubgraph } from '../src/compile/subgraph-call.ts';
import type { CompiledOperation, OperationResult } from '../src/compile/compile-operation.ts';
import { INCOMPLETE } from '../src/compile/field-refusal.ts';
import { askedPath } from './worlds/asked-path.ts';
import { randomOperation } from './worlds/random-operation.ts';
import { supergraphs } from './worlds/supergraphs.ts';
import { World } from './worlds/world.ts';

const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 100);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 1);

const schemaFolder = join(import.meta.dirname, '../../schema/subgraphs');
const brigade = Object.fromEntries(
  readdirSync(schemaFolder).map((file) => [
    file.replace(/\.graphql$/, ''),
    readFileSync(join(schemaFolder, file), 'utf8'),
  ]),
);

/**
 * With the keys of every object in one order, and the errors too: fetches side by side may fail in any. Errors of entities
 * are compared without their list indexes: when an entity before the one that failed was not asked for, the stock executor
 * names its neighbour (execution.test.ts says what is right).
 */
function normalised(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    if (key === 'path') return value.map((part) => (typeof part === 'number' ? '#' : part));
    const list = value.map((element) => normalised(element));
    return key === 'errors' || key === 'valueCompletion'
      ? list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value)
    .toSorted()
    .map((name) => [name, normalised((value as Record<string, unknown>)[name], name)]);
}

/** The stock executor tells of a null that may not be, without an error of a subgraph, in `valueCompletion` only. */
function withoutIncomplete({ errors, ...rest }: OperationResult): OperationResult {
  const told = errors?.filter(({ extensions }) => extensions?.code !== INCOMPLETE) ?? [];
  return told.length > 0 ? { ...rest, errors: told } : rest;
}

/** Errors as clients are told them: where the stock executor names a field that was fetched for others, they name its object. */
const asAsked = (document: DocumentNode, { errors, ...rest }: OperationResult): OperationResult => ({
  ...(errors && {
    errors: errors.map(({ path: fetched = [], ...error }) => {
      const path = askedPath(document, fetched);
      return { ...error, ...(path.length > 0 && { path }) };
    }),
  }),
  ...rest,
});

/**
 * The stock executor takes the type of an object from the last subgraph that told of one, also from one that calls it by
 * its interface, and answers null then. What is there is compared.
 */
function withNullsOf(stock: unknown, mine: unknown): unknown {
  if (stock === null) return null;
  if (!Array.isArray(stock) || !Array.isArray(mine) || stock.length !== mine.length) return mine;
  return stock.map((value, index) => withNullsOf(value, (mine as unknown[])[index]));
}

/** Nothing for an operation with too many plans; there are few. */
function compileUnlessRefused(world: World, text: string): CompiledOperation | undefined {
  try {
    return world.compile(text, 'Random');
  } catch (error) {
    if (/Too many options/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** As the transport does with answers of status 200, white space behind them included. */
const handingOn =
  (call: CallSubgraph): CallSubgraph =>
  async (request) => {
    const response = await call(request);
    const written = request.handOn?.(Buffer.from(`${JSON.stringify(response)}\n`));
    return written ? { written } : response;
  };

describe('what is written at once', () => {
  test.each(Object.entries({ ...supergraphs, brigade }))(
    'is what the objects are as JSON: %s',
    async (_name, sources) => {
      const world = new World(sources);
      let [compared, written] = [0, 0];
      for (let seed = SEED; compared < RUNS; seed += 1) {
        const { text, variables } = randomOperation(world.supergraph.apiSchema, seed);
        if (validate(world.supergraph.apiSchema, parse(text)).length > 0) continue;
        const compiled = compileUnlessRefused(world, text);
        if (!compiled) continue;
        compared += 1;
        const [one, other] = [{ cost: 0 }, { cost: 0 }];
        const objects = await compiled.execute(variables, world.call, one);
        const result = await compiled.execute(variables, world.call, other, 'text');
        const handedOn = await compiled.execute(variables, handingOn(world.call), { cost: 0 }, 'text');
        expect(handedOn).toEqual(result);
        const found = result.written ?? result;
        const expected = JSON.stringify(objects);
        if (result.written) {
          written += 1;
          expect(found).toEqual({ text: expected, bytes: Buffer.byteLength(expected) });
        } else expect(JSON.stringify(found)).toBe(expected);
        expect(other).toEqual(one);
      }
      expect(written).toBeGreaterThan(0);
    },
  );
});

describe('the compiled executor answers what the stock one answers', () => {
  test.each(Object.entries({ ...supergraphs, brigade }))('%s', async (name, sources) => {
    const world = new World(sources);
    const forgetsTypes = name === 'interface objects';
    let compared = 0;
    for (let seed = SEED; compared < RUNS; seed += 1) {
      const { text, variables } = randomOperation(world.supergraph.apiSchema, seed);
      const document = parse(text);
      if (validate(world.supergraph.apiSchema, document).length > 0) continue;
      const compiled = compileUnlessRefused(world, text);
      // Of other names the stock executor knows nothing.
      if (!compiled || compiled.plan.fetchedNames) continue;
      compared += 1;
      const ours = await compiled.execute(variables, world.call);
      const theirs = asAsked(document, await world.executeStock(compiled, document, variables));
      const stock = normalised(theirs);
      const own = normalised(JSON.parse(JSON.stringify(withoutIncomplete(ours))));
      const mine = forgetsTypes ? withNullsOf(stock, own) : own;
      if (JSON.stringify(mine) !== JSON.stringify(stock)) {
        expect({ seed, text, variables, result: mine }).toEqual({ seed, text, variables, result: stock });
      }
    }
    expect(compared).toBe(RUNS);
  });
});
