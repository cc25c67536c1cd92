import { defineConfig } from 'vitest/config';

const CAMPAIGN = 'test/chaos/campaign.test.ts';

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    // A test that cannot fail is worse than none.
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'suite',
          include: ['test/**/*.test.ts'],
          exclude: [CAMPAIGN],
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Kills and floods: alone, so that nobody else's deadlines are missed.
        extends: true,
        test: { name: 'campaign', include: [CAMPAIGN], sequence: { groupOrder: 1 } },
      },
    ],
  },
});
