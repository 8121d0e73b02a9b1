import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { projectAt, repositoryRoot, type Project } from './project/folders.ts';

export interface Options {
  readonly project: Project;
  /** The branch that a change goes to; found out when undefined. */
  readonly base: string | undefined;
  /** The graph that rover is asked about, e.g. `brigade@current`. */
  readonly graphRef: string;
  /** Whether the commands go to GraphOS. */
  readonly graphOs: boolean;
  /** A breaking change fails even when no recorded operation uses what it breaks. */
  readonly strict: boolean;
  /** Whether the SDL files are compared with the running code. */
  readonly emit: boolean;
  readonly check: boolean;
  /** Why something is published. */
  readonly why: string | undefined;
}

/** The graph of the registry that needs no account. */
export const LOCAL_GRAPH = 'brigade';

/** What the command line and the environment say that can't be. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions';
}

/**
 * `--root FOLDER` another project, `--base REF`, `--files` take the SDL files as they are, `--check`, `--why TEXT`;
 * `APOLLO_KEY` and `APOLLO_GRAPH_REF` for GraphOS, `SCHEMA_BASE`, `CHECK_STRICT=1`.
 * @throws BadOptions
 */
export function readOptions(argv = process.argv.slice(2), env = process.env): Options {
  const values = parse(argv);
  const graphOs = Boolean(env['APOLLO_KEY']);
  const graphRef = graphOs ? env['APOLLO_GRAPH_REF'] : `${LOCAL_GRAPH}@current`;
  if (!graphRef) throw new BadOptions('with APOLLO_KEY, APOLLO_GRAPH_REF has to say which graph, e.g. brigade@current');
  return {
    project: projectAt(resolve(values.root ?? repositoryRoot)),
    base: values.base ?? (env['SCHEMA_BASE'] || undefined),
    graphRef,
    graphOs,
    strict: env['CHECK_STRICT'] === '1',
    emit: !values.files,
    check: values.check ?? false,
    why: values.why,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        root: { type: 'string' },
        base: { type: 'string' },
        files: { type: 'boolean' },
        check: { type: 'boolean' },
        why: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new BadOptions((error as Error).message, { cause: error });
  }
}
