// `npm run faults`: the fault tests, many times over, with their report in docs/reliability.md.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'tests/faults/**/*.test.ts',
      'tests/jobs/daily-tally*.test.ts',
      'tests/db/connect.test.ts',
      'tests/main-database.test.ts',
      'tests/commands/sweep.test.ts',
    ],
    globalSetup: ['tests/support/build.ts'],
    pool: 'forks',
    testTimeout: 600_000,
    hookTimeout: 30_000,
    reporters: ['default', './tests/support/fault-report.ts'],
  },
});
