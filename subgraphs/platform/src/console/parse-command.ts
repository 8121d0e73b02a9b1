import { parseArgs } from 'node:util';
import { statuses, type Status } from '../dead-letter/dead-letter.ts';

/** What somebody asked for on the command line. */
export type ConsoleCommand = { json: boolean } & (
  | { do: 'help' }
  | { do: 'list'; consumer?: string; messageName?: string; status: Status | null; limit: number; after?: string }
  | { do: 'show'; id: string }
  | { do: 'edit'; id: string; payload: { text: string } | { file: string }; reason: string }
  | { do: 'redrive'; ids?: string[]; consumer?: string; messageName?: string; reason: string }
  | { do: 'discard'; id: string; reason: string }
);

/** The command line is wrong; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const flag = { type: 'boolean', default: false } as const;
const text = { type: 'string' } as const;
const always = { json: flag, help: { ...flag, short: 'h' } } as const;

/** @throws UsageError */
export function parseCommand(args: readonly string[]): ConsoleCommand {
  const [word, ...rest] = args;
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') return { do: 'help', json: false };
  if (rest.includes('--help') || rest.includes('-h')) return { do: 'help', json: false };
  try {
    return parseRest(word, rest);
  } catch (error) {
    // Node's own complaints about options are readable as they stand.
    const { code, message } = error as { code?: string; message: string };
    if (code?.startsWith('ERR_PARSE_ARGS')) throw new UsageError(message);
    throw error;
  }
}

function parseRest(word: string, args: string[]): ConsoleCommand {
  const read = <O extends Record<string, typeof text>>(options: O) =>
    parseArgs({ args, options: { ...always, ...options }, allowPositionals: true, strict: true });
  switch (word) {
    case 'list': {
      const { values, positionals } = read({ consumer: text, message: text, status: text, limit: text, after: text });
      if (positionals.length > 0) throw new UsageError(`list: what is ${positionals[0]}? It takes options only`);
      return {
        do: 'list',
        json: values.json,
        ...filterOf(values),
        status: statusOf(values.status),
        limit: limitOf(values.limit),
        ...(values.after && { after: values.after }),
      };
    }
    case 'show': {
      const { values, positionals } = read({});
      return { do: 'show', json: values.json, id: onlyId(word, positionals) };
    }
    case 'edit': {
      const { values, positionals } = read({ payload: text, file: text, reason: text });
      const { payload, file } = values;
      if ((payload === undefined) === (file === undefined))
        throw new UsageError('edit: expected either --payload JSON or --file FILE');
      return {
        do: 'edit',
        json: values.json,
        id: onlyId(word, positionals),
        payload: payload === undefined ? { file: file ?? '' } : { text: payload },
        reason: reasonOf(word, values.reason),
      };
    }
    case 'redrive': {
      const { values, positionals } = read({ consumer: text, message: text, reason: text });
      const filter = filterOf(values);
      if (positionals.length > 0 === Object.keys(filter).length > 0)
        throw new UsageError('redrive: expected either ids, or --consumer or --message');
      return {
        do: 'redrive',
        json: values.json,
        ...(positionals.length > 0 && { ids: positionals }),
        ...filter,
        reason: reasonOf(word, values.reason),
      };
    }
    case 'discard': {
      const { values, positionals } = read({ reason: text });
      return {
        do: 'discard',
        json: values.json,
        id: onlyId(word, positionals),
        reason: reasonOf(word, values.reason),
      };
    }
    default:
      throw new UsageError(`${word}: no such command, expected list, show, edit, redrive or discard`);
  }
}

const filterOf = ({ consumer, message }: { consumer?: string; message?: string }) => ({
  ...(consumer && { consumer }),
  ...(message && { messageName: message }),
});

function onlyId(word: string, positionals: readonly string[]): string {
  const [id, ...surplus] = positionals;
  if (id === undefined || surplus.length > 0) throw new UsageError(`${word}: expected the id of one dead letter`);
  return id;
}

function reasonOf(word: string, reason: string | undefined): string {
  if (!reason?.trim()) throw new UsageError(`${word}: say why with --reason TEXT, for the audit`);
  return reason;
}

function statusOf(given = 'WAITING'): Status | null {
  if (given.toLowerCase() === 'all') return null;
  const status = statuses.find((one) => one === given.toUpperCase());
  if (!status) throw new UsageError(`--status: expected ${statuses.join(', ')} or all, not ${given}`);
  return status;
}

function limitOf(given = '20'): number {
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new UsageError(`--limit: expected a number from 1 to 100, not ${given}`);
  return limit;
}
