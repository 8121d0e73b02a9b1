/** A page around this one that does not answer is not waited for any longer, milliseconds. */
const PATIENCE_MS = 500;

/**
 * The access token of who is signed in to the page that embeds this one, where that page is of the same origin; it is
 * asked each time, because tokens are short-lived.
 *
 * @param {Window} own
 * @returns {() => Promise<string | null>} null where nobody is signed in, or nothing is around this page
 */
export function tokenFromParent(own) {
  const { parent, location } = own;
  if (parent === own) return async () => null;
  return () =>
    new Promise((resolve) => {
      const end = (token) => {
        clearTimeout(timer);
        own.removeEventListener('message', hear);
        resolve(token);
      };
      const hear = ({ origin, source, data }) => {
        if (origin !== location.origin || source !== parent || data?.type !== 'brigade:token') return;
        end(typeof data.token === 'string' ? data.token : null);
      };
      const timer = setTimeout(() => end(null), PATIENCE_MS);
      own.addEventListener('message', hear);
      // A parent of another origin is not told anything, not even that it was asked.
      parent.postMessage({ type: 'brigade:token?' }, location.origin);
    });
}
