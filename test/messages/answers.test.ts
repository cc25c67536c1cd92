import { describe, expect, it } from 'vitest';
import { approvalForm } from '../../messages/approval-form.ts';
import { refusalText } from '../../messages/refusal.ts';
import { helpReply, snapshotsReply, unknownCommandReply } from '../../messages/replies.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { validateMessage } from '../../playground/slack/block-kit-rules.ts';
import { HOSTILE, many, mrkdwnIn } from '../support/longest.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

describe('a start that is refused', () => {
  const start = {
    reason: 'start-not-allowed',
    words: 'Restores are frozen until 2027-01-01 00:00 UTC: R&D.',
    nextPossible: ['2027-01-01T00:00:00.000Z', '2027-01-02T00:00:00.000Z'],
  } as const;

  it('comes with the next possible ones in the reader’s zone and UTC, and with what else can be done', () => {
    expect(refusalText(start, { reader: { language: 'en', zone: 'Asia/Kathmandu' } }).text).toBe(
      'Restores are frozen until 2027-01-01 00:00 UTC: R&amp;D. Next possible start: 1 Jan 05:45 (00:00 UTC), or 2 Jan 05:45 (00:00 UTC).',
    );
    expect(refusalText(start).text).toContain('2027-01-01 00:00 UTC');
    expect(refusalText({ ...start, overridable: ['R&D'] }).text).toContain('with an override');
    expect(refusalText({ ...start, nextPossible: [] }).text).toContain('No later start is possible');
  });

  it('in a freeze names who must agree as well', () => {
    const restore = makeRestore('awaiting-approval', {
      draft: { freezeOverride: { freezes: [HOSTILE], reason: HOSTILE } },
      policy: { overrideApprovers: { users: ['U9'], groups: [] } },
    });
    const refused = refusalText({ reason: 'not-an-approver' }, { restore }).text;
    expect(refused).toContain('<@U9>');
    expect(refused).not.toContain('<!channel>');
    for (const shown of [restoreCard(restore, NOW).blocks, approvalForm(restore, NOW, APPROVER).blocks]) {
      const text = mrkdwnIn(shown).join('\n');
      expect(text).toContain('Starts in a freeze, with an override');
      expect(text).toContain('<@U9>');
      expect(text).not.toContain('<!channel>');
    }
    expect(refusalText({ reason: 'override-not-possible', alias: 'orders' }).text).toContain('orders');
  });
});

describe('a request that somebody else made', () => {
  it.each([
    ['en', 'Those who are asked can deny it.'],
    ['de', 'Ablehnen können die Gefragten.'],
  ] as const)('can be denied by those who are asked, it says in %s to whoever cannot withdraw it', (language, said) => {
    const refusal = { reason: 'not-the-requester', requestedBy: REQUESTER.id } as const;
    const { text } = refusalText(refusal, { reader: { language, zone: 'Europe/Berlin' } });
    expect(text).toContain(said);
    expect(text).not.toMatch(/You can deny|Ablehnen ist möglich/);
  });
});

describe('an answer that comes too late', () => {
  it.each([
    ['en', 'Its card says what came of it.'],
    ['de', 'Ihre Karte sagt, was daraus wurde.'],
  ] as const)('says in %s where to read what came of the restore', (language, said) => {
    const refusal = { reason: 'already-past', status: 'failed', at: NOW } as const;
    expect(refusalText(refusal, { reader: { language, zone: 'Europe/Berlin' } }).text).toContain(said);
  });
});

describe('every other answer', () => {
  it('fits', () => {
    const model = {
      alias: HOSTILE,
      snapshots: many(200, () => ({ snapshotId: 's', takenAt: NOW, profile: HOSTILE, status: 'Completed' })),
      daysRead: 1,
      daysKept: 8,
      tier: 'x',
      frequency: 'daily',
      now: NOW,
    };
    for (const message of [helpReply(), unknownCommandReply(HOSTILE.repeat(20), [HOSTILE]), snapshotsReply(model)]) {
      expect(validateMessage(message)).toEqual([]);
      expect(message.text).not.toContain('<!channel>');
    }
  });
});
