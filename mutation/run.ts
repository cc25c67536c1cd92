import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TESTS_OF_RULES } from './tests-of-rules.ts';

const REPORT = '.tmp/mutation-report.json';
const REPORTS = '.tmp/mutation-reports';

/**
 * `npm run mutation -- votes policy/tighter`: changes these files of `src/restore/` (all of the table when none is named), one
 * after the other, each judged by its own tests, and keeps each file's report in `.tmp/mutation-reports/`.
 */
const named = process.argv.slice(2);
const files = named.length > 0 ? named : Object.keys(TESTS_OF_RULES);
for (const file of files) {
  const tests = TESTS_OF_RULES[file];
  if (!tests) throw new Error(`mutation/tests-of-rules.ts names no tests for "${file}".`);
  rmSync(REPORT, { force: true });
  const { status } = spawnSync(
    'npx',
    ['stryker', 'run', 'mutation/stryker.config.json', '--mutate', `src/restore/${file}.ts`],
    {
      stdio: 'inherit',
      env: { ...process.env, MUTATION_TESTS: tests.map((test) => `test/restore/${test}.test.ts`).join(',') },
    },
  );
  if (status !== 0) process.exitCode = 1;
  else {
    const kept = join(REPORTS, `${file}.json`);
    mkdirSync(dirname(kept), { recursive: true });
    copyFileSync(REPORT, kept);
  }
}
