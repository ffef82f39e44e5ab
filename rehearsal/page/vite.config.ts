// How the page is built: plain files that the page's server takes into memory.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  build: {
    outDir: '../../dist/rehearsal/page',
    emptyOutDir: true,
    // Nothing on this machine is far away, and the policy of the page lets no script stand in the page itself.
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
