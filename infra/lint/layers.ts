import { posix } from 'node:path';

/**
 * The dependency direction of the house, as data: what each package may import of the others.
 * `schema <- service-kit <- subgraphs, router, kitchen-device`; a subgraph never imports another.
 */
const packages: readonly { folder: RegExp; mayImport: readonly RegExp[]; mayReach?: RegExp }[] = [
  { folder: /^schema\//, mayImport: [] },
  { folder: /^subgraphs\/service-kit\//, mayImport: [/^@brigade\/schema$/] },
  // The two places that put all subgraphs together: the process that hosts them and the supergraph's composition.
  { folder: /^(subgraphs\/host|infra\/schema)\//, mayImport: [/^@brigade\/(?!router|kitchen-device)/] },
  { folder: /^subgraphs\/payments\/provider\//, mayImport: [/^@brigade\/(schema|service-kit)$/] },
  { folder: /^subgraphs\/[\w-]+\//, mayImport: [/^@brigade\/(schema|service-kit)$/] },
  { folder: /^(router|kitchen-device|loadtest)\//, mayImport: [/^@brigade\/(schema|service-kit)$/] },
  { folder: /^infra\/mongo-dev\//, mayImport: [] },
  // Starts the launcher's processes, and sets their failpoints.
  { folder: /^infra\/(?=chaos\/)/, mayImport: [/^@brigade\/(schema|service-kit)$/] },
  // Real services, in the test's own process, at servers to which bad things are done.
  { folder: /^infra\/(?=fuzz\/)/, mayImport: [/^@brigade\/(?!router|kitchen-device|host)/] },
  // The launcher and what drives it: they start processes and import no service.
  { folder: /^infra\/(?=(local|e2e|security|lint)\/)/, mayImport: [/^@brigade\/schema$/] },
  {
    // The model of the whole saga runs the services' own decisions, and nothing else of them.
    folder: /^infra\/saga-model\//,
    mayImport: [/^@brigade\/(schema|service-kit)$/],
    mayReach:
      /^subgraphs\/(orders\/src\/order|inventory\/src\/stock|payments\/src\/payment|kitchen\/src\/(order|ticket|scheduling)|(orders|payments|kitchen)\/src\/messaging\/publishes\.ts)/,
  },
  {
    folder: /^clients\/[\w-]+\//,
    mayImport: [/^@brigade\/(schema|graphql)$/],
    // How both are built.
    mayReach: /^clients\/vite\.shared\.ts$/,
  },
];

/** What tests may import besides: the emulators that they start, the kit's test harness, and what fuzzers share. */
const emulators = /^@brigade\/(payment-provider|kitchen-device|mongo-dev)$/;
const testHarness = /^(subgraphs\/service-kit\/tests|infra\/fuzz)\//;

/**
 * The pure domain: folders that import nothing but themselves, the contracts, and in `errors.ts` the kit's DomainError.
 * `also` names what else does no I/O and is needed there.
 */
export const pureFolders: readonly { folder: string; also?: readonly string[] }[] = [
  { folder: 'subgraphs/orders/src/order' },
  { folder: 'subgraphs/inventory/src/stock' },
  { folder: 'subgraphs/payments/src/payment' },
  { folder: 'subgraphs/kitchen/src/ticket' },
  { folder: 'subgraphs/kitchen/src/scheduling' },
  { folder: 'subgraphs/kitchen/src/order', also: ['subgraphs/kitchen/src/ticket/'] },
  { folder: 'subgraphs/menu/src/dish', also: ['zod', 'node:util'] },
  { folder: 'subgraphs/identity/src/session', also: ['node:crypto'] },
  { folder: 'subgraphs/platform/src/dead-letter', also: ['node:crypto'] },
  { folder: 'kitchen-device/src/physics' },
  { folder: 'kitchen-device/src/device', also: ['kitchen-device/src/physics/', 'node:crypto'] },
];

const isTest = (file: string) => /\.test\.ts$|\/tests\/|^infra\/(e2e|security)\//.test(file);

/**
 * Says what is wrong with an import, or nothing.
 * @param file path from the repository's root, with `/`
 * @param specifier as it stands in the import
 */
export function judgeImport(file: string, specifier: string): string | undefined {
  const own = packages.find(({ folder }) => folder.test(file));
  if (!own) return undefined;
  const home = own.folder.exec(file)?.[0] ?? '';
  const relative = specifier.startsWith('.');
  const target = relative ? posix.join(posix.dirname(file), specifier) : specifier;
  const reachable = own.mayReach?.test(target) ?? (isTest(file) && testHarness.test(target));
  if (relative && !target.startsWith(home) && !reachable) {
    return `A relative import may not leave its package (${home}).`;
  }
  if (isTest(file)) {
    if (emulators.test(specifier)) return undefined;
  } else {
    const pure = pureFolders.find(({ folder }) => file.startsWith(`${folder}/`));
    if (pure && !isPure(file, target, pure)) {
      return `${pure.folder} is pure domain: it imports itself and @brigade/schema only, not ${specifier}.`;
    }
  }
  if (!specifier.startsWith('@brigade/')) return undefined;
  const name = specifier.split('/').slice(0, 2).join('/');
  if (own.mayImport.some((allowed) => allowed.test(name))) return undefined;
  return `${home} may not depend on ${name}: see the dependency direction in infra/lint/layers.ts.`;
}

function isPure(file: string, target: string, { folder, also = [] }: (typeof pureFolders)[number]): boolean {
  if (target === '@brigade/schema' || target.startsWith(`${folder}/`)) return true;
  if (target === '@brigade/service-kit') return posix.basename(file) === 'errors.ts';
  return also.some((allowed) => (allowed.endsWith('/') ? target.startsWith(allowed) : target === allowed));
}
