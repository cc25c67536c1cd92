import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { prepareNeo4j } from '../playground/neo4j/find-neo4j.ts';
import { findChromium } from '../playground/page/find-chromium.ts';
import { ensureRedisServer } from './ensure-redis.ts';

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** `npm test`: gets what the suite needs, runs it, and ends with what was skipped and `N passed, M failed`. */
async function main(): Promise<number> {
  const say = (line: string) => console.log(line);
  await ensureRedisServer(say);
  const neo4j = await prepareNeo4j(say);
  if (neo4j.kind === 'missing') say(`${neo4j.why}: the tests on a real Neo4j are left out.`);
  if (!findChromium())
    say('No Chromium found: the tests of the page are left out. Install one, or name it in CHROMIUM_BIN.');

  const folder = mkdtempSync(join(tmpdir(), 'restore-bot-test-'));
  const file = join(folder, 'report.json');
  try {
    const child = spawn(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${file}`,
        ...process.argv.slice(2),
      ],
      { stdio: 'inherit' },
    );
    const [code] = await once(child, 'exit');
    return summary(file, code === 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary(file: string, hasSucceeded: boolean): number {
  if (!existsSync(file)) {
    // It did not get as far as a report: a wrong option, or a crash.
    console.log('0 passed, 1 failed');
    return 1;
  }
  const result = report.parse(JSON.parse(readFileSync(file, 'utf8')));
  const tests = result.testResults.flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
  // A file that could not even be loaded has no tests to count, and errors outside tests fail the run too.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  for (const { name } of broken) console.log(`could not run: ${name}`);
  const failed = Math.max(result.numFailedTests + broken.length, hasSucceeded ? 0 : 1, tests.length === 0 ? 1 : 0);
  console.log(`${skipped.length} skipped`);
  console.log(`${result.numPassedTests} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

process.exit(await main());
