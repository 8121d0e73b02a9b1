import { processSettings, sharedSettings } from '../../../subgraphs/service-kit/src/config/base-config.ts';
import { kitchenDeviceSettings } from '../../../kitchen-device/src/config.ts';
import { identitySettings } from '../../../subgraphs/identity/src/config.ts';
import { inventorySettings } from '../../../subgraphs/inventory/src/config.ts';
import { kitchenSettings } from '../../../subgraphs/kitchen/src/config.ts';
import { menuSettings } from '../../../subgraphs/menu/src/config.ts';
import { ordersSettings } from '../../../subgraphs/orders/src/config.ts';
import { providerSettings } from '../../../subgraphs/payments/provider/src/config.ts';
import { paymentsSettings } from '../../../subgraphs/payments/src/config.ts';
import { platformSettings } from '../../../subgraphs/platform/src/config.ts';
import { z } from 'zod';
import { environmentTable } from './environment-table.ts';

export interface GeneratedPart {
  /** The document that holds it, from the root of the repository. */
  readonly file: string;
  /** Stands in its markers: `<!-- generated: NAME -->` and `<!-- end of NAME -->`. */
  readonly name: string;
  readonly text: () => string;
}

const everyProcess = Object.keys(processSettings);

const ofService = (folder: string, schema: z.ZodObject): GeneratedPart => ({
  file: `${folder}/README.md`,
  name: 'environment',
  text: () => environmentTable(schema, everyProcess),
});

/** Every part of a document that is written by code. */
export const generatedParts: readonly GeneratedPart[] = [
  {
    file: 'subgraphs/service-kit/README.md',
    name: 'environment of every process',
    text: () => environmentTable(z.object(processSettings)),
  },
  {
    file: 'subgraphs/service-kit/README.md',
    name: 'environment of subgraphs',
    text: () => environmentTable(z.object(sharedSettings)),
  },
  ofService('kitchen-device', kitchenDeviceSettings),
  ofService('subgraphs/identity', identitySettings),
  ofService('subgraphs/inventory', inventorySettings),
  ofService('subgraphs/kitchen', kitchenSettings),
  ofService('subgraphs/menu', menuSettings),
  ofService('subgraphs/orders', ordersSettings),
  ofService('subgraphs/payments', paymentsSettings),
  ofService('subgraphs/payments/provider', providerSettings),
  ofService('subgraphs/platform', platformSettings),
];

/**
 * The document with the text between its markers replaced.
 * @throws {Error} when the document does not have both markers once
 */
export function withPart(document: string, { file, name, text }: GeneratedPart): string {
  const [before, rest, ...more] = document.split(`<!-- generated: ${name} -->`);
  const [, after, ...further] = (rest ?? '').split(`<!-- end of ${name} -->`);
  if (before === undefined || after === undefined || more.length > 0 || further.length > 0)
    throw new Error(`${file} needs the markers of "${name}", once each`);
  return `${before}<!-- generated: ${name} -->\n\n${text()}\n\n<!-- end of ${name} -->${after}`;
}
