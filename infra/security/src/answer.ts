/** An error as a client is told it. */
export interface ToldError {
  message: string;
  path?: unknown[];
  extensions?: { code?: string } & Record<string, unknown>;
}

export interface GraphQLBody {
  data?: Record<string, unknown> | null;
  errors?: ToldError[];
}

/** What became of an attack, whatever carried it. */
export interface Answer {
  /** Of HTTP; absent over a WebSocket that was opened. */
  readonly status?: number;
  /** The code with which the router closed the WebSocket. */
  readonly closeCode?: number;
  /** Whether it was refused before its execution: a 4xx over HTTP, an `error` message over WebSocket. */
  readonly refused: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent when what came is no GraphQL response. */
  readonly body?: GraphQLBody;
  /** As it came. */
  readonly text: string;
}

/** The GraphQL response in a text, if it is one. */
export function bodyIn(text: string): GraphQLBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Code of the first error. */
export const codeOf = ({ body }: Answer): string | undefined => body?.errors?.[0]?.extensions?.code;
