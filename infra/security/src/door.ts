import { Agent } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { startMark } from '../../local/src/processes/proc.ts';
import { newAddress } from './address.ts';
import { exchange } from './http.ts';

export interface DoorOptions {
  /** Where GraphQL is served. */
  readonly url: string;
  /** What another client asks while and after somebody attacks. */
  readonly witness: string;
  /** The processes behind it, by their ids: each must go on. */
  readonly processes: readonly number[];
}

/** A place to attack, and another client there who must notice nothing of it. */
export class Door {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #from = newAddress();
  readonly #started: readonly unknown[];
  #told: unknown;

  private constructor(private readonly options: DoorOptions) {
    this.#started = options.processes.map(startMark);
  }

  static async open(options: DoorOptions): Promise<Door> {
    const door = new Door(options);
    door.#told = await door.#ask();
    return door;
  }

  get url(): string {
    return this.options.url;
  }

  /** Asks as another client. @throws Error unless that one is told the same as before anything was attacked */
  async serves(): Promise<void> {
    const told = await this.#ask();
    if (!isDeepStrictEqual(told, this.#told)) {
      throw new Error(`another client was told ${JSON.stringify(told)}, not ${JSON.stringify(this.#told)}`);
    }
  }

  /** @throws Error unless the processes are those that there were */
  lives(): void {
    const started = this.options.processes.map(startMark);
    if (!isDeepStrictEqual(started, this.#started)) {
      throw new Error(`a process has ended, or was started again: ${this.options.processes.join(', ')}`);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  async #ask(): Promise<unknown> {
    const { status, body, text } = await exchange(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: this.options.witness }),
      from: this.#from,
      agent: this.#agent,
    });
    // The witness of hostile subgraphs asks for a field that they leave out.
    const isRight = (body?.errors ?? []).every(({ extensions }) => extensions?.code === 'INCOMPLETE_SUBGRAPH_RESPONSE');
    if (status !== 200 || !body?.data || !isRight) throw new Error(`another client was told ${status}: ${text}`);
    return body.data;
  }
}
