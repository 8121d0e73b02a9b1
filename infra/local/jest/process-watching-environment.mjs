import { TestEnvironment } from 'jest-environment-node';

/**
 * For tests that start processes. A process that ends without having been asked to calls
 * `globalThis.failOnProcessEnd(error)`; the test or hook that runs then fails at once with that error, and so do those
 * that follow in the same file, instead of waiting for answers that cannot come.
 */
export default class ProcessWatchingEnvironment extends TestEnvironment {
  #ended = Promise.withResolvers();
  #watched = new WeakSet();

  async setup() {
    await super.setup();
    this.#ended.promise.catch(() => undefined); // most files never wait while it rejects
    this.global.failOnProcessEnd = this.#ended.reject;
  }

  /** Called by jest-circus before each function of a test file runs. */
  handleTestEvent({ name, test, hook }) {
    if (name === 'test_fn_start') this.#watch(test);
    // What cleans up must run to its end.
    if (name === 'hook_start' && hook.type.startsWith('before')) this.#watch(hook);
  }

  #watch(run) {
    const { fn } = run;
    if (!fn || fn.length > 0 || this.#watched.has(fn)) return; // with a parameter, a callback decides when it has ended
    const ended = this.#ended.promise;
    run.fn = function watched() {
      return Promise.race([ended, fn.call(this)]);
    };
    this.#watched.add(run.fn);
  }
}
