import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type Anchor, readAnchors } from '../audit/anchors.ts';
import { linesOf } from '../audit/files.ts';
import { verdictWords } from '../audit/verdict-words.ts';
import { createVerifier } from '../audit/verifier.ts';

const USAGE = 'npm run audit:verify -- file.jsonl [older files first] [--anchors messages.txt]';
const EXIT = { unbroken: 0, broken: 1, unreadable: 2 } as const;

/** Says whether audit files hold what was once written. Needs no Redis. Exits with 0 (unbroken), 1 (broken) or 2 (unreadable). */
async function main(): Promise<number> {
  const { values, positionals: files } = parseArgs({
    options: { anchors: { type: 'string' } },
    allowPositionals: true,
  });
  if (files.length === 0) throw new Error(`name the files: ${USAGE}`);
  const verifier = createVerifier(values.anchors === undefined ? [] : anchorsIn(values.anchors));
  for (const file of files) {
    let line = 0;
    for await (const json of linesOf(file)) verifier.take(json, { file, line: ++line });
  }
  const verdict = verifier.verdict();
  const words = verdictWords(verdict);
  if (verdict.kind === 'unbroken') process.stdout.write(`${words}\n`);
  else process.stderr.write(`${words}\n`);
  return EXIT[verdict.kind];
}

function anchorsIn(file: string): readonly Anchor[] {
  const read = readAnchors(readFileSync(file, 'utf8'));
  if (read.kind === 'unreadable') throw new Error(`${file}: ${read.why}`);
  return read.anchors;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(EXIT.unreadable);
  },
);
