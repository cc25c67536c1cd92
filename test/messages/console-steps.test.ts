import { expect, it } from 'vitest';
import { consoleLines } from '../../messages/file-words.ts';
import { moment, past } from '../../messages/slack-text.ts';
import { wordsFor } from '../../messages/words/words.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { makeRestore, TAKEN_AT } from '../support/make-restore.ts';

const FILE = { name: 'orders.dump', kind: 'dump', sizeBytes: 17, sha256: 'ab'.repeat(32) } as const;
const BY_HAND = { method: 'backup-file', file: FILE, savedAt: TAKEN_AT } as const;

it.each([
  ['en', 'take another snapshot'],
  ['de', 'einen weiteren Snapshot erstellen'],
] as const)(
  'the steps for a file say in %s what the safety snapshot lacks, and when to take another first',
  (language, words) => {
    const restore = makeRestore('restore-sent', { draft: { chosen: BY_HAND }, policy: { methods: ['backup-file'] } });
    const safety = restore.state.safetySnapshot;
    if (!safety) throw new Error('there is no safety snapshot');
    const steps = consoleLines(restore, moment, wordsFor({ language })).join('\n');
    expect(steps).toContain(past(safety.requestedAt));
    expect(steps).toContain(`${moment(addMinutes(safety.requestedAt, 15))}`);
    expect(steps).toContain(safety.snapshotId);
    expect(steps).toContain(words);
  },
);
