import { pureFolders } from './infra/lint/layers.ts';

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@brigade/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  modulePathIgnorePatterns: ['/dist/', '/.data/'],
  setupFiles: ['reflect-metadata'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** Components of the clients, in a DOM without a browser; what needs a real one is an end-to-end test. */
const [[, swc]] = Object.entries(shared.transform);
const [swcJest, { jsc, ...swcRest }] = swc;
const parser = { syntax: 'typescript', tsx: true };
const transform = { react: { runtime: 'automatic' } };
const web = {
  ...shared,
  displayName: 'web',
  testMatch: ['<rootDir>/clients/**/*.test.tsx'],
  testEnvironment: 'jsdom',
  testEnvironmentOptions: { customExportConditions: ['@brigade/source', 'browser'] },
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  setupFiles: ['<rootDir>/clients/component-tests.mjs'],
  transform: { '\\.tsx?$': [swcJest, { ...swcRest, jsc: { ...jsc, parser, transform } }] },
};

/** Integration and end-to-end tests share one set of real servers on private ports, started once for the run. */
const withServers = {
  ...shared,
  testEnvironment: '<rootDir>/infra/local/jest/process-watching-environment.mjs',
  globalSetup: '<rootDir>/infra/local/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/infra/local/jest/global-teardown.mjs',
};

// Floods beside tests that wait for something make those fail: attacks run when they are asked for, on their own.
const attacks = process.argv.includes('security');
const security = {
  ...withServers,
  displayName: 'security',
  testMatch: ['**/*.security.test.ts'],
};

export default {
  maxWorkers: 2,
  // With --coverage: the pure domain, at least 90 % of its statements.
  collectCoverageFrom: [...pureFolders.map(({ folder }) => `${folder}/**/*.ts`), '!**/*.test.ts'],
  coverageThreshold: { global: { statements: 90 } },
  coverageReporters: ['text'],
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['\\.(int|e2e|security)\\.test\\.ts$', '/node_modules/', '/dist/'],
    },
    web,
    { ...withServers, displayName: 'int', testMatch: ['**/*.int.test.ts'] },
    {
      ...withServers,
      displayName: 'e2e',
      testMatch: ['**/*.e2e.test.ts'],
      globalSetup: '<rootDir>/infra/local/jest/e2e-setup.mjs',
    },
    ...(attacks ? [security] : []),
  ],
  // Nothing is judged by how long it takes: this only ends what hangs, also on a machine that is five times slower.
  testTimeout: 300_000,
};
