import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Logger } from '@brigade/service-kit/process';

/** How often the file is looked at, milliseconds. */
const LOOK_EVERY_MS = 500;

export interface SupergraphFileOptions {
  readonly file: string;
  readonly log: Logger;
  /** Takes a new supergraph into use. @throws Error when it can't; the old one stays then */
  readonly onChange: (sdl: string) => Promise<void>;
  readonly onOutcome: (outcome: 'loaded' | 'refused') => void;
}

/** Watches the file of the supergraph: it is read again when it changes, and on SIGHUP. */
export class SupergraphFile {
  readonly #options: SupergraphFileOptions;
  readonly #reload = () => void this.reload();
  #working: Promise<void> = Promise.resolve();
  #sdl: string;

  /** @param sdl what is in use */
  constructor(options: SupergraphFileOptions, sdl: string) {
    this.#options = options;
    this.#sdl = sdl;
    // Polled: events of the file system are lost where files are replaced by renaming, or mounted.
    watchFile(options.file, { interval: LOOK_EVERY_MS, persistent: false }, this.#reload);
    process.on('SIGHUP', this.#reload);
  }

  /** Reads the file and takes what is in it into use, one change after the other. */
  reload(): Promise<void> {
    this.#working = this.#working.then(async () => {
      const { file, log, onChange, onOutcome } = this.#options;
      try {
        const sdl = await readFile(file, 'utf8');
        if (sdl === this.#sdl) return;
        await onChange(sdl);
        this.#sdl = sdl;
        onOutcome('loaded');
        log.info({ file }, 'the supergraph has been reloaded');
      } catch (error) {
        onOutcome('refused');
        log.error({ err: error, file }, 'the new supergraph is refused; the old one stays');
      }
    });
    return this.#working;
  }

  async close(): Promise<void> {
    unwatchFile(this.#options.file, this.#reload);
    process.off('SIGHUP', this.#reload);
    await this.#working;
  }
}
