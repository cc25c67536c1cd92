import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';

const report = z.object({
  mode: z.literal('quick'),
  rows: z.array(
    z.object({
      part: z.string(),
      measure: z.string(),
      ours: z.number(),
      bare: z.number().optional(),
      ratio: z.number().optional(),
    }),
  ),
});

/** Not a timed test: the bench fails by itself when a click is not accepted or an acknowledged approval is not on record. */
it('a quick run accepts every click and fills its table', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rb-bench-test-'));
  const file = join(directory, 'results.json');
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'bench/main.ts', 'click', '--quick', '--out', file],
      { timeout: 110_000 },
    );
    const { rows } = report.parse(JSON.parse(readFileSync(file, 'utf8')));
    const compared = rows.filter(({ bare }) => bare !== undefined);
    for (const { ours, bare, ratio } of compared) expect([ours, bare, ratio].every(Number.isFinite)).toBe(true);
    for (const atOnce of [10, 50]) {
      const clicks = compared.filter(({ measure }) => measure.includes(`, ${atOnce} at once`));
      expect(clicks.map(({ measure }) => measure.split(': ')[1])).toEqual(
        Array.from({ length: 3 }, () => ['p50', 'p99', 'throughput']).flat(),
      );
    }
    for (const { measure } of rows) expect(stdout).toContain(measure);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}, 120_000);
