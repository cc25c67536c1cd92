import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFECTS, type Defect } from './defects.ts';
import { saysBroken } from './violation.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', default: false } } });

/** A copy of the project with the defect in it; the project itself is not touched. */
function broken({ file, replace }: Defect): string {
  const copy = mkdtempSync(join(tmpdir(), 'restore-broken-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' });
  for (const name of listed.split('\n').filter(Boolean)) cpSync(name, join(copy, name));
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  let text = readFileSync(join(copy, file), 'utf8');
  for (const [from, to] of replace) {
    if (!text.includes(from)) throw new Error(`${file} no longer holds: ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(join(copy, file), text);
  return copy;
}

/** Scenes are played by chance: who acts, what they change. One that left the defect alone is played again. */
const MOST_TRIES = 3;

function isCaught(one: Defect): boolean {
  const copy = broken(one);
  const isFound = () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'chaos/main.ts', '--project', copy, ...one.run],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 },
    );
    return status === 1 && saysBroken(stdout, one.caughtAs, one.inWords);
  };
  try {
    return Array.from({ length: MOST_TRIES }).some(isFound);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

if (values.help) {
  console.log(
    'npm run chaos:breaks [-- --only N]: puts one defect after the other into a copy of the bot; the campaign must find each.',
  );
  process.exit(0);
}
const chosen = DEFECTS.filter((_, index) => values.only === undefined || index + 1 === Number(values.only));
let missed = 0;
for (const one of chosen) {
  const caught = isCaught(one);
  if (!caught) missed++;
  console.log(`${caught ? 'caught' : 'MISSED'}  ${one.name} (as "${one.caughtAs}")`);
}
console.log(`${chosen.length - missed} of ${chosen.length} breaks caught`);
process.exit(missed === 0 && chosen.length > 0 ? 0 : 1);
