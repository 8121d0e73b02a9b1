/** Longer texts are gone through in a loop, and all of them once a function has so many bytes in its code. */
const LONG_TEXT = 32;
const MOST_TEXT = 2_000;

/** Code that is being written for one function. */
export abstract class GeneratedCode {
  protected readonly lines: string[] = [];
  #names = 0;
  #textBytes = 0;

  protected line(code: string): void {
    this.lines.push(code);
  }

  /** A name that nothing else has. */
  protected name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}_`;
  }

  /** Whether each byte of a text may stand in the code by itself: engines leave long functions slow. */
  protected isWrittenOut(text: Buffer): boolean {
    if (text.length > LONG_TEXT || this.#textBytes > MOST_TEXT) return false;
    this.#textBytes += text.length;
    return true;
  }
}

/** JavaScript that gives what stands in a list names by their numbers: `prefix0`, `prefix1` … */
export const named = (list: string, prefix: string, { length }: readonly unknown[]): readonly string[] =>
  Array.from({ length }, (_nothing, index) => `const ${prefix}${index} = ${list}[${index}];`);

export const codeOf = (character: string): number => character.charCodeAt(0);
