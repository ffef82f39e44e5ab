// How the tests run: real files, real sockets, so each test file in a process of its own.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/build.ts'],
    pool: 'forks',
    // All of them: much of the time goes by in waiting, for a heartbeat or an answer that is late on purpose.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
