export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

/** The few lines of a GraphQL client that a terminal needs. */
export class GraphqlClient {
  private readonly url: string;
  /** Sent with every request once set. */
  accessToken: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /**
   * Resolves with the response's data.
   *
   * @throws {RequestRefused} with the API's own words and codes, or that nobody answers
   */
  async request(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.accessToken !== undefined) headers['authorization'] = `Bearer ${this.accessToken}`;
    const response = await fetch(this.url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    }).catch((error: unknown) => {
      throw new RequestRefused(`Nobody answers at ${this.url}. Start Brigade first: npm start`, { cause: error });
    });
    const { data, errors } = (await response.json()) as {
      data?: unknown;
      errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
    };
    if (errors !== undefined && errors.length > 0) {
      const words = errors.map(
        ({ message, path, extensions }) => `${extensions?.code ?? 'ERROR'} ${path?.join('.') ?? ''}: ${message}`,
      );
      throw new RequestRefused(words.join('\n'));
    }
    return data;
  }
}
