import { approvalForm } from '../../messages/approval-form.ts';
import { delegatedWords } from '../../messages/delegation-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { fileObstacleWords } from '../../messages/file-words.ts';
import { refusalText } from '../../messages/refusal.ts';
import { reminderReply } from '../../messages/reminder.ts';
import { snapshotsReply, stoppedReply } from '../../messages/replies.ts';
import { storeTrouble } from '../../messages/trouble.ts';
import { undoneReply } from '../../messages/undone-reply.ts';
import { wordsFor } from '../../messages/words/words.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Said } from './every-message.ts';
import { exampleRestores } from './example-restores.ts';
import { makeRestore, NOW } from './make-restore.ts';
import { DELEGATIONS, DRAFT, ENDED, POLICY, SNAPSHOTS, TWO_RULES } from './message-facts.ts';
import { APPROVER, makePerson } from './people.ts';

const STOPPED: ReadonlySet<string> = new Set(['an overwrite from a snapshot', 'a new instance, asked for']);

/** Short answers to one person that stand in no other list. */
export function messagesOfAnswers(reader: Reader): readonly Said[] {
  const { advice, delegation, files, methods, newInstance, undo } = wordsFor(reader);
  const words = wordsFor(reader);
  const texts: Readonly<Record<string, string>> = {
    'no way fits': advice.nothingKeepsShort,
    'no way is allowed': advice.noneAllowed,
    'a place handed over': delegatedWords(DELEGATIONS[0] ?? ENDED, NOW, reader).text,
    'a place handed over from later on': delegatedWords(DELEGATIONS[1] ?? ENDED, NOW, reader).text,
    'nobody chosen': delegation.choosePerson,
    'no beginning chosen': delegation.chooseStart,
    'no end chosen': delegation.chooseEnd,
    'no file chosen': files.gap.file,
    'no name given': files.gap.name,
    'no size given': files.gap.size,
    'no time given': files.gap.savedAt,
    'a file that nobody offers any more': files.obstacle.notOffered,
    'an export that is not recorded any more': files.exported.notRecorded,
    'no source chosen': methods.missingSource,
    'no new instances configured': newInstance.problem.notConfigured,
    'nothing to undo': undo.nothingToUndo('R-17'),
    'an undo of an unknown instance': undo.unknownInstance('R-17'),
    'a database lost while it recorded': storeTrouble(true, reader).text,
    'a file of the wrong kind': fileObstacleWords({ kind: 'wrong-kind', wanted: ['dump', 'tar'] }, words),
    'an empty file': fileObstacleWords({ kind: 'empty' }, words),
    'a file too large for the instance': fileObstacleWords({ kind: 'above-storage', storageBytes: 9e9 }, words),
    'a file of the future': fileObstacleWords({ kind: 'saved-in-the-future' }, words),
    'no checksum': fileObstacleWords({ kind: 'no-sha256' }, words),
    'a vote of the same person elsewhere': refusalText(
      { reason: 'already-voted', kind: 'approve', at: NOW, by: 'U7', standingInFor: 'U1' },
      { reader },
    ).text,
    'another way that is allowed': refusalText(
      { reason: 'method-not-allowed', method: 'overwrite', allowed: ['new-instance'] },
      { reader },
    ).text,
    'another checksum': fileObstacleWords({ kind: 'another-checksum' }, words),
  };
  const delegated: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, approval: TWO_RULES },
    draft: { ...DRAFT, delegates: [{ to: 'U1', from: APPROVER.id, until: addMinutes(NOW, 600) }] },
  });
  const standsInFor = [{ delegation: 'D-1', until: addMinutes(NOW, 600), delegator: APPROVER }];
  const voter = { ...makePerson('U1'), standsInFor };
  const manySnapshots = Array.from({ length: 25 }, () => SNAPSHOTS[0] ?? []).flat();
  const asked: Restore = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  const stopped = exampleRestores().flatMap(([name, one]) => (STOPPED.has(name) ? [one] : []));
  const restore = makeRestore('completed', { policy: POLICY, draft: { ...DRAFT, undoes: 'R-16' } });
  return [
    ...Object.entries(texts).map(([name, text]): Said => ({ name, kind: 'words', payload: { text } })),
    { name: 'undone', kind: 'message', payload: undoneReply(restore, reader), restore },
    {
      name: 'approval form of somebody with two places',
      kind: 'view',
      payload: approvalForm(delegated, NOW, voter, reader),
      restore: delegated,
    },
    {
      name: 'snapshots of a month',
      kind: 'message',
      payload: snapshotsReply(
        {
          ...{ alias: 'orders', snapshots: manySnapshots, daysRead: 30, daysKept: 30, now: NOW },
          ...{ tier: 'AuraDB Professional', frequency: 'daily' },
        },
        reader,
      ),
    },
    {
      name: 'reminder of what is answered',
      kind: 'message',
      payload: reminderReply(asked, { reminder: 99, now: NOW }, reader),
      restore: asked,
    },
    ...(['no-card', 'proviso-asked', 'proviso-declined', 'asked-anew', 'starting-late', 'denied'] as const).map(
      (kind): Said => ({
        name: `direct message "${kind}" for which there is nothing more to say`,
        kind: 'message',
        payload: directMessage(kind, asked, undefined, { nth: 9, now: NOW }, reader),
        restore: asked,
      }),
    ),
    ...stopped.map(
      (one): Said => ({
        name: `stopped, ${one.plan.method}`,
        kind: 'message',
        payload: stoppedReply({ restore: one }, reader),
        restore: one,
      }),
    ),
  ];
}
