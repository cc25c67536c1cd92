import { defineConfig } from 'vitest/config';

/** The tests that judge the mutants of one file of rules: no Redis, no simulators, no clock. `run.ts` names them. */
export default defineConfig({
  test: {
    include: process.env.MUTATION_TESTS?.split(',') ?? ['test/restore/**/*.test.ts'],
    testTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
    passWithNoTests: false,
  },
});
