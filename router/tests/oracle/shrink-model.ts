import type { Model } from './model.ts';
import { removalsFrom } from './model-removals.ts';
import { tidyModel } from './tidy-model.ts';

/**
 * Makes a model smaller for as long as it still fails, one removal at a time.
 * @param fails whether a model composes and still shows the fault
 */
export async function shrinkModel(model: Model, fails: (model: Model) => Promise<boolean>): Promise<Model> {
  let smallest = model;
  for (let index = 0; ;) {
    const removal = removalsFrom(smallest)[index];
    if (!removal) return smallest;
    const candidate = structuredClone(smallest);
    removal(candidate);
    tidyModel(candidate);
    if (isSmaller(candidate, smallest) && (await fails(candidate))) smallest = candidate;
    else index += 1;
  }
}

const isSmaller = (candidate: Model, than: Model): boolean =>
  candidate.subgraphs.length > 0 && JSON.stringify(candidate).length < JSON.stringify(than).length;
