import { describe, expect, it } from 'vitest';
import { headMessage } from '../../messages/head-message.ts';
import { threadReply } from '../../messages/thread-reply.ts';
import { plannedKey } from '../../src/restore/message-key.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { stakeholderStatus } from '../../src/restore/stakeholder-status.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, EVENTS_TO, followedBy, makeRestore, NOW, TAKEN_AT } from '../support/make-restore.ts';

const PLACE = 'C0ORDERS';
const FILE = { name: 'orders.backup', kind: 'backup', sizeBytes: 1_000_000, sha256: 'ab'.repeat(32) } as const;

/** A restore from a file whose stakeholders were told of the start while it was still to come. */
function toldOf(method: 'backup-file' | 'upload'): Restore {
  const chosen =
    method === 'upload'
      ? ({ method, file: { ...FILE, directory: 'backups' }, savedAt: TAKEN_AT } as const)
      : ({ method, file: FILE, savedAt: TAKEN_AT } as const);
  const approved = afterEvents(makeRestore('awaiting-approval', { draft: { chosen } }), EVENTS_TO.approved);
  return followedBy(approved, {
    ...exampleEvent('message-settled', approved),
    key: plannedKey(PLACE),
    delivery: { status: 'posted', channel: PLACE, ts: '1795230245.000100', at: NOW },
  });
}

const repliesOf = (restore: Restore) =>
  owedMessages(restore)
    .filter(({ to }) => to === PLACE)
    .map(({ kind }) => kind);

describe.each(['backup-file', 'upload'] as const)('a restore from a file with the method %s', (method) => {
  const sentOf = () => afterEvents(toldOf(method), EVENTS_TO['restore-sent'].slice(1));

  it('leaves the database running for those concerned until the file is loaded', () => {
    const sent = sentOf();
    expect(stakeholderStatus(sent)).toBe('file-awaited');
    expect(repliesOf(sent)).toEqual(['file-awaited']);
    for (const { text } of [headMessage(sent, PLACE), threadReply('file-awaited', sent, { place: PLACE, now: NOW })]) {
      expect(text).toContain('still running until the file is loaded');
      expect(text).not.toContain('is not available:');
    }
  });

  it('has started when the load was seen, and says that time', () => {
    const sent = sentOf();
    const seen = { ...exampleEvent('start-seen', sent), at: '2026-11-21T05:00:00.000Z' };
    const restoring = followedBy(sent, seen);
    expect(stakeholderStatus(restoring)).toBe('restoring');
    expect(repliesOf(restoring)).toEqual(['started']);
    expect(headMessage(restoring, PLACE).text).toMatch(/is not available: .*, since .*05:00/);
    const verifying = afterEvents(restoring, ['running-seen', 'restore-finished']);
    for (const one of [restoring, verifying])
      expect(threadReply('started', one, { place: PLACE, now: NOW }).text).toMatch(/^\*Started\* .*05:00/);
  });

  it('is not known to have run when nobody saw the load', () => {
    const unclear = afterEvents(sentOf(), ['start-not-seen']);
    expect(repliesOf(unclear)).toEqual(['unclear']);
    expect(threadReply('unclear', unclear, { place: PLACE, now: NOW }).text).toContain(
      'Not known yet whether the file was loaded.* The restore was prepared',
    );
    expect(headMessage(unclear, PLACE).text).toContain('it is not known yet whether the file was loaded');
  });

  it('that a person says was loaded is not told as started when it was prepared', () => {
    const verifying = afterEvents(sentOf(), ['start-not-seen', 'start-judged']);
    expect(repliesOf(verifying)).toEqual(['verifying']);
  });
});

it('a restore call without an answer is not said to be carried out', () => {
  const sent = makeRestore('restore-sent');
  expect(stakeholderStatus(sent)).toBe('sent');
  expect(headMessage(sent, PLACE).text).toContain('not known yet whether Aura carries it out');
  expect(stakeholderStatus(makeRestore('start-unclear'))).toBe('unclear');
});
