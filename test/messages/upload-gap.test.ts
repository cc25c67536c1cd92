import { expect, it } from 'vitest';
import { fileLines, uploadGapLines } from '../../messages/file-words.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { past } from '../../messages/slack-text.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Method } from '../../src/restore/plan.ts';
import type { Status } from '../../src/restore/state.ts';
import { makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';

const FILE = { name: 'orders.dump', kind: 'dump', sizeBytes: 17, sha256: 'ab'.repeat(32) } as const;
const asked = (status: Status, method: Extract<Method, 'upload' | 'backup-file'>, isDryRun = false) =>
  makeRestore(status, {
    policy: { methods: [method] },
    draft: { chosen: { method, file: FILE, savedAt: TAKEN_AT }, isDryRun },
  });
const words = wordsFor({ language: 'en' });

it.each(['upload', 'backup-file'] as const)(
  'who agrees to a file reads what is lost between safety snapshot and load, by %s',
  (method) => {
    const lines = fileLines(asked('awaiting-approval', method), words).join('\n');
    expect(lines).toContain(
      'written to orders after the safety snapshot was taken and before the file is loaded is lost',
    );
    expect(fileLines(asked('awaiting-approval', method, true), words).join('\n')).not.toContain('Stop what writes');
  },
);

it.each<[Status, boolean]>([
  ['awaiting-approval', false],
  ['approved', false],
  ['ready-to-restore', true],
  ['restore-sent', true],
  ['start-unclear', true],
  ['restoring', false],
  ['verifying', false],
  ['completed', false],
])('the card of an upload says while it may still be stopped what the safety snapshot lacks: %s', (status, isSaid) => {
  const restore = asked(status, 'upload');
  const said = uploadGapLines(restore, words).join();
  expect(said !== '').toBe(isSaid);
  if (!isSaid || !('safetySnapshot' in restore.state) || !restore.state.safetySnapshot) return;
  const { snapshotId, requestedAt } = restore.state.safetySnapshot;
  expect(said).toContain(
    `*What is written after ${past(requestedAt)} is not in the safety snapshot* \`${snapshotId}\``,
  );
  expect(JSON.stringify(restoreCard(restore, NOW))).toContain('Stop what writes to the instance until it is loaded');
});

it.each(['upload', 'backup-file'] as const)(
  'the card of a file that was loaded says what its way back lacks: %s',
  (method) => {
    const restore = asked('completed', method);
    const safety = 'safetySnapshot' in restore.state ? restore.state.safetySnapshot : undefined;
    const held = `It holds what was written until ${past(safety?.requestedAt ?? NOW)}`;
    expect(JSON.stringify(restoreCard(restore, NOW))).toContain(held);
    expect(JSON.stringify(restoreCard(makeRestore('completed'), NOW))).not.toContain('It holds what was written until');
  },
);

it.each(['upload', 'backup-file'] as const)(
  'the notice of a file says that what comes before the load is lost: %s',
  (method) => {
    const notice = JSON.stringify(plannedNotice(asked('approved', method)));
    expect(notice).toContain(
      'is lost. What is written from the start of the maintenance until the file is loaded is lost, too',
    );
    expect(JSON.stringify(plannedNotice(makeRestore('approved')))).not.toContain('until the file is loaded');
  },
);
