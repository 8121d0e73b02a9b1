import { isVariable, VariableCollector } from '@apollo/federation-internals';

/**
 * Makes Apollo's planner visit each value in an argument once. Its own visitor enters each list twice, so that lists in
 * lists, n deep, take 2ⁿ steps: 60 characters of a query would keep the planner busy for years.
 */
export function visitArgumentsOnce(): void {
  VariableCollector.prototype.collectInArguments = function collectInArguments(this: VariableCollector, values): void {
    const found: unknown[] = Object.values(values);
    // The array grows meanwhile, and what is added is visited too.
    for (const value of found) {
      if (isVariable(value)) this.add(value);
      else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) found.push(inner);
    }
  };
}
