const MAX_TEXTS = 200;
const MAX_LENGTH = 300;

/**
 * Derives something from a short text, such as the value of a header, once for many requests. What is derived must
 * depend on nothing but the text. Longer texts are derived anew each time.
 */
export function rememberTexts<T>(derive: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const derived = derive(text);
    if (text.length > MAX_LENGTH) return derived;
    if (known.size >= MAX_TEXTS) known.clear();
    known.set(text, derived);
    return derived;
  };
}
