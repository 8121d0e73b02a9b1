/* The view of the query plan: what the router tells in `extensions.debug` when it is asked to. */
/* global React */

const { createElement: h, useSyncExternalStore } = React;

let latest;
const listeners = new Set();

/** Takes what is for this view out of a result; what is left is the result. */
export function planOf(result) {
  const { debug, ...others } = result.extensions ?? {};
  latest = debug;
  for (const listener of listeners) listener();
  if (debug === undefined) return result;
  const { extensions: _all, ...rest } = result;
  return Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest;
}

const usePlan = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => latest,
  );

const milliseconds = (value) => `${value.toFixed(1)} ms`;

/** One row a fetch: to whom, from when until when, how it went. The first one begins at 0. */
function Fetches({ fetches }) {
  const begin = Math.min(...fetches.map(({ startedMs }) => startedMs));
  const whole = Math.max(...fetches.map(({ startedMs, durationMs }) => startedMs + durationMs - begin), 0.001);
  const share = (value) => `${(100 * value) / whole}%`;
  const rows = fetches.map(({ subgraph, startedMs, durationMs, outcome, bytes }, index) =>
    h(
      'tr',
      { key: index },
      h('td', null, subgraph),
      h(
        'td',
        { className: 'when' },
        h('div', {
          className: outcome === 'ok' ? 'bar' : 'bar failed',
          style: { marginLeft: share(startedMs - begin), width: share(durationMs) },
        }),
      ),
      h('td', { className: 'number' }, milliseconds(durationMs)),
      h('td', { className: 'number' }, outcome === 'ok' && bytes !== undefined ? `${bytes} B` : outcome),
    ),
  );
  const head = ['Subgraph', `in ${milliseconds(whole)}`, 'Took', 'Answer'];
  return h(
    'table',
    null,
    h('thead', null, h('tr', null, ...head.map((title) => h('th', { key: title }, title)))),
    h('tbody', null, ...rows),
  );
}

function Plan() {
  const debug = usePlan();
  const body = debug
    ? [
        debug.fetches?.length > 0 && h(Fetches, { key: 'fetches', fetches: debug.fetches }),
        h('pre', { key: 'plan' }, debug.queryPlan ?? 'The router told no plan.'),
      ]
    : h('p', null, 'Run a query or a mutation: here is then what the router asked of which subgraph.');
  return h('section', { className: 'plan' }, h('h3', null, 'Query plan'), body);
}

/** Two requests that come from one, as lines. */
const Icon = () =>
  h(
    'svg',
    { viewBox: '0 0 16 16', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 },
    h('circle', { cx: 3, cy: 8, r: 2 }),
    h('circle', { cx: 13, cy: 3, r: 2 }),
    h('circle', { cx: 13, cy: 13, r: 2 }),
    h('path', { d: 'M5 8 11 3.6M5 8l6 4.4' }),
  );

export const planPlugin = { title: 'Query plan', icon: Icon, content: Plan };
