import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasTimeout, startTool } from '../../src/upload/run-tool.ts';

const env = { PATH: process.env.PATH ?? '' };
const AN_HOUR_MS = 3_600_000;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rb-tool-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const outputFile = () => join(directory, 'output.log');

/** A run of a shell script that has from now on `limitMs`. */
function runOf(script: string, limitMs: number, surroundings: Record<string, string> = env) {
  return startTool(['sh', '-c', script], {
    env: surroundings,
    outputFile: outputFile(),
    endBefore: Date.now() + limitMs,
  });
}

describe('a run of the tool', () => {
  it('ends with its own exit code, and what it said is in the file', async () => {
    expect(await runOf('echo some words; exit 3', AN_HOUR_MS).ended).toBe(3);
    expect(readFileSync(outputFile(), 'utf8')).toBe('some words\n');
  });

  it('is ended when its time is over, with all that it started', async () => {
    expect(await runOf(`(sleep 3; touch ${directory}/late) & wait`, 500).ended).toBeUndefined();
    expect(await runOf(`sleep 4; test -e ${directory}/late`, AN_HOUR_MS).ended).toBe(1);
  });

  it('is ended when its time is over, also when it would not end kindly', async () => {
    expect(await runOf("trap '' TERM; while :; do sleep 1; done", 500).ended).toBeUndefined();
  });

  it('is ended at once when its time was over before', async () => {
    expect(await runOf('sleep 60', -1_000).ended).toBeUndefined();
  });

  it('does not begin where nothing could end it in time', async () => {
    const without = { PATH: directory };
    expect([await hasTimeout(env), await hasTimeout(without)]).toEqual([true, false]);
    expect(await runOf(`touch ${directory}/begun`, AN_HOUR_MS, without).ended).toBeUndefined();
    expect(await runOf(`test -e ${directory}/begun`, AN_HOUR_MS).ended).toBe(1);
  });
});
