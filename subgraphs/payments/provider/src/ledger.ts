import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

/** One movement of money that the provider has decided on, or a refusal. Amounts in minor units. */
export interface LedgerEntry {
  id: string;
  kind: 'charge' | 'refund';
  /** The caller's idempotency key. */
  key: string;
  status: 'succeeded' | 'declined';
  amountMinor: number;
  currency: string;
  /** Of a charge: the card's token. Of a refund: the id of the charge. */
  source: string;
  declineReason?: string;
  /** The caller's reference, e.g. the order. */
  reference: string;
  at: string;
}

/**
 * The provider's own book: one JSON line an entry, on disk before anyone is answered. A line that a crash cut short is
 * left out when the book is read again, and cut off.
 */
export class Ledger {
  readonly #byKey = new Map<string, LedgerEntry>();
  readonly #byId = new Map<string, LedgerEntry>();
  readonly #waiting: { line: string; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;

  private constructor(private readonly file: FileHandle) {}

  static async open(folder: string): Promise<Ledger> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'ledger.jsonl');
    const text = await readFile(path, 'utf8').catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const file = await open(path, 'a');
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
    const ledger = new Ledger(file);
    for (const line of whole.split('\n').filter(Boolean)) ledger.#index(JSON.parse(line) as LedgerEntry);
    return ledger;
  }

  byKey(key: string): LedgerEntry | undefined {
    return this.#byKey.get(key);
  }

  byId(id: string): LedgerEntry | undefined {
    return this.#byId.get(id);
  }

  entries(): LedgerEntry[] {
    return [...this.#byKey.values()];
  }

  /** What of a charge has not been refunded, in minor units. */
  refundable(charge: LedgerEntry): number {
    const refunded = this.entries()
      .filter(({ kind, status, source }) => kind === 'refund' && status === 'succeeded' && source === charge.id)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    return charge.amountMinor - refunded;
  }

  /** Enters it for good. Entries that arrive together share one write and one flush to disk. */
  async add(entry: LedgerEntry): Promise<void> {
    this.#index(entry);
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ line: `${JSON.stringify(entry)}\n`, done, failed });
      this.#writing ??= this.#flush();
    });
  }

  /** Resolves when everything that was entered so far is on disk. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.file.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0);
      try {
        await this.file.appendFile(batch.map(({ line }) => line).join(''));
        await this.file.datasync();
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  #index(entry: LedgerEntry): void {
    this.#byKey.set(entry.key, entry);
    this.#byId.set(entry.id, entry);
  }
}
