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
  /** Minor units given back, by charge. */
  readonly #refunded = new Map<string, number>();
  readonly #waiting: { entry: LedgerEntry; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;

  private constructor(
    private readonly file: FileHandle,
    /** Bytes of the file that are whole entries. */
    private size: number,
  ) {}

  static async open(folder: string): Promise<Ledger> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, 'ledger.jsonl');
    const text = await readFile(path, 'utf8').catch((error: { code?: string }) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const file = await open(path, 'a');
    const size = Buffer.byteLength(whole);
    if (whole.length < text.length) await file.truncate(size);
    const ledger = new Ledger(file, size);
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
    return charge.amountMinor - (this.#refunded.get(charge.id) ?? 0);
  }

  /** Enters it for good, or, where the disk refuses, not at all. Entries that arrive together share one flush. */
  async add(entry: LedgerEntry): Promise<void> {
    this.#index(entry);
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ entry, done, failed });
      this.#writing ??= this.#flush();
    });
  }

  /** Resolves when everything that was entered so far is on disk or was taken back. */
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
        const lines = batch.map(({ entry }) => `${JSON.stringify(entry)}\n`).join('');
        await this.file.appendFile(lines);
        await this.file.datasync();
        this.size += Buffer.byteLength(lines);
        for (const { done } of batch) done();
      } catch (error) {
        await this.#takeBack(batch.map(({ entry }) => entry));
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }

  /** What is not on disk has not happened; half a line of it must not spoil the next one. */
  async #takeBack(entries: readonly LedgerEntry[]): Promise<void> {
    for (const entry of entries) {
      this.#byKey.delete(entry.key);
      this.#byId.delete(entry.id);
      this.#addRefunded(entry, -entry.amountMinor);
    }
    await this.file.truncate(this.size).catch(() => {}); // a line that stays torn is cut off at the next start
  }

  #index(entry: LedgerEntry): void {
    this.#byKey.set(entry.key, entry);
    this.#byId.set(entry.id, entry);
    this.#addRefunded(entry, entry.amountMinor);
  }

  #addRefunded({ kind, status, source }: LedgerEntry, amountMinor: number): void {
    if (kind === 'refund' && status === 'succeeded')
      this.#refunded.set(source, (this.#refunded.get(source) ?? 0) + amountMinor);
  }
}
