import { basename, resolve } from 'node:path';
import type { UserConfig } from 'vite';

/** Where the router of `npm start` listens; `vite dev` asks it for data. */
const ROUTER = process.env.ROUTER_URL ?? 'http://127.0.0.1:4000';

/** React's profiling build counts commits, which the one for users does not; for measurements only. */
const PROFILE = process.env.BRIGADE_PROFILE === '1';
const profiles = resolve(import.meta.dirname, '../.data/profile');

/** What both clients are built with. @param base the path that the router serves it at */
export const shared = (base: string): UserConfig => ({
  base,
  // One React, although the router's GraphiQL page has one of its own.
  resolve: {
    conditions: ['@brigade/source', 'browser', 'module', 'import', 'default'],
    dedupe: ['react', 'react-dom'],
    alias: PROFILE ? [{ find: /^react-dom\/client$/, replacement: 'react-dom/profiling' }] : [],
  },
  build: {
    outDir: PROFILE ? resolve(profiles, basename(base) || 'storefront') : 'dist',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    // Inlined assets would be `data:` URLs, which the policy forbids for all but pictures and fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" says something to servers that render; there is none.
      onLog: (level, log, next) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && next(level, log),
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: ROUTER, ws: true }, '/graphiql': ROUTER },
  },
});
