import type { Restore } from '../src/restore/restore.ts';
import { saidToHaveRun } from '../src/restore/seen-start.ts';
import { mention, past } from './slack-text.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** Whose word it is that the restore ran, so that nobody takes it for what was seen; nothing where it was seen. */
export function saidToHaveRunLines(restore: Pick<Restore, 'history'>, words: Words = ENGLISH): readonly string[] {
  const said = saidToHaveRun(restore);
  return said ? [words.end.saidToHaveRun({ person: mention.person(said.by), at: past(said.at) })] : [];
}
