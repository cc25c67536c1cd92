import { defineConfig } from 'vitest/config';

/** The tests of the rules alone: no Redis, no simulators, no clock. */
export default defineConfig({
  test: {
    include: ['test/restore/**/*.test.ts'],
    exclude: ['test/restore/calendar*.test.ts', 'test/restore/working-hours.test.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
    passWithNoTests: false,
  },
});
