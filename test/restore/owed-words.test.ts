import { describe, expect, it } from 'vitest';
import type { DriftReason } from '../../src/restore/failure.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { METHODS } from '../../src/restore/plan.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { hasEnded, type Status } from '../../src/restore/state.ts';
import { exampleEvent } from '../support/example-events.ts';
import { afterEvents, EVENTS_TO, followedBy, makeRestore, NOW, STATUSES, TAKEN_AT } from '../support/make-restore.ts';
import { APPROVER, GROUP_APPROVER, REQUESTER } from '../support/people.ts';

const UNPOSTABLE: Delivery = { status: 'undeliverable', why: 'channel_not_found', at: NOW };
const to = REQUESTER.id;
const later = (minutes: number) => addMinutes(NOW, minutes);
const asked = (policy = {}) => makeRestore('awaiting-approval', { policy });
const owedOf = (restore: Restore, ...kinds: readonly string[]) =>
  owedMessages(restore).filter(({ kind }) => kinds.includes(kind));
const settled = (restore: Restore, key: string, delivery: Delivery = UNPOSTABLE) =>
  followedBy(restore, { ...exampleEvent('message-settled', restore), key, delivery });

describe('what is said, and to whom', () => {
  it.each<[string, Status, readonly object[]]>([
    [
      'of a restore to come: each channel hears of the start, and the requester that it was agreed to',
      'approved',
      [
        { key: 'planned:C0ORDERS', kind: 'planned', to: 'C0ORDERS' },
        { key: 'planned:C0STATUS', kind: 'planned', to: 'C0STATUS' },
        { key: `confirmed:${to}`, kind: 'confirmed', to },
      ],
    ],
    [
      'of a start that nobody saw: requester and approver are asked to judge it',
      'start-unclear',
      [
        { key: 'planned:C0ORDERS', kind: 'planned', to: 'C0ORDERS' },
        { key: 'planned:C0STATUS', kind: 'planned', to: 'C0STATUS' },
        { key: `judge-start:${to}`, kind: 'judge-start', to },
        { key: `judge-start:${APPROVER.id}`, kind: 'judge-start', to: APPROVER.id },
      ],
    ],
    [
      'of a restore that is complete: each channel hears how it ended, then the requester, then the auditors',
      'completed',
      [
        { key: 'outcome:C0ORDERS', kind: 'outcome', to: 'C0ORDERS' },
        { key: 'outcome:C0STATUS', kind: 'outcome', to: 'C0STATUS' },
        { key: `ended:${to}`, kind: 'ended', to },
        { key: 'anchor', kind: 'anchor', to: 'C0AUDIT' },
      ],
    ],
    [
      'of a request that was denied: the requester hears it',
      'denied',
      [
        { key: `denied:${to}`, kind: 'denied', to },
        { key: 'anchor', kind: 'anchor', to: 'C0AUDIT' },
      ],
    ],
    [
      'of a request that nobody answered: the requester hears it',
      'expired',
      [
        { key: `unanswered:${to}`, kind: 'unanswered', to },
        { key: 'anchor', kind: 'anchor', to: 'C0AUDIT' },
      ],
    ],
  ])('%s', (_, status, owed) => {
    expect(owedMessages(makeRestore(status))).toEqual(owed);
  });

  it('of a restore that undid another one: the card of that one hears it first', () => {
    const undo = makeRestore('awaiting-approval', { draft: { undoes: 'R-16' } });
    expect(owedMessages(afterEvents(undo, EVENTS_TO.completed))[0]).toEqual({
      key: 'undone:R-16',
      kind: 'undone',
      to: 'C0APPROVALS',
    });
  });
});

describe('a card that cannot be posted', () => {
  it.each(STATUSES)('is told to the requester while the restore goes on, and not after it (%s)', (status) => {
    const restore: Restore = makeRestore(status);
    const without: Restore = { ...restore, deliveries: { card: UNPOSTABLE } };
    const word = { key: `no-card:${to}`, kind: 'no-card', to };
    expect(owedOf(restore, 'no-card')).toEqual([]);
    expect(owedOf(without, 'no-card')).toEqual(hasEnded(status) ? [] : [word]);
  });
});

describe('a file that a person uploads', () => {
  const file = { name: 'orders.backup', kind: 'backup', sizeBytes: 17 } as const;
  const loading = (method: 'backup-file' | 'upload', status: Status) =>
    afterEvents(
      makeRestore('awaiting-approval', {
        policy: { methods: METHODS },
        draft: { chosen: { method, savedAt: TAKEN_AT, file: { ...file, sha256: 'ab'.repeat(32) } } },
      }),
      EVENTS_TO[status],
    );

  it('is asked of the requester once everything is prepared, and at no other time', () => {
    expect(owedOf(loading('backup-file', 'restore-sent'), 'upload-now')).toEqual([
      { key: `upload-now:${to}`, kind: 'upload-now', to },
    ]);
    for (const status of ['approved', 'ready-to-restore', 'restoring', 'verifying'] as const)
      expect(owedOf(loading('backup-file', status), 'upload-now')).toEqual([]);
  });

  it('is not asked of anybody where a worker uploads it, or there is none', () => {
    expect(owedOf(loading('upload', 'restore-sent'), 'upload-now')).toEqual([]);
    expect(owedOf(makeRestore('restore-sent'), 'upload-now')).toEqual([]);
  });
});

describe('what is no longer as planned while people vote', () => {
  const noted = (restore: Restore, minutes: number, reason: DriftReason = 'instance-not-running') => {
    const { seen: _, ...event } = exampleEvent('drifted', restore);
    return followedBy(restore, { ...event, step: 'look-at-agreement', reason, at: later(minutes) });
  };
  const ofDrift = (restore: Restore) => owedOf(restore, 'drift-noted', 'drift-over');

  it('is told to the requester, and so is its end', () => {
    const seen = noted(asked(), 15);
    expect(ofDrift(seen)).toEqual([{ key: `drift-noted:${later(15)}:${to}`, kind: 'drift-noted', to }]);
    const over = followedBy(seen, { type: 'agreement-looked', at: later(30) });
    expect(ofDrift(over)).toEqual([{ key: `drift-over:${later(30)}:${to}`, kind: 'drift-over', to }]);
  });

  it('is told as well when people were asked anew before for another reason', () => {
    const edited = afterEvents(asked(), ['edited']);
    expect(ofDrift(noted(edited, 15)).map(({ key }) => key)).toEqual([`drift-noted:${later(15)}:${to}`]);
  });

  it('is not told twice where people were asked anew by it, however often they were before', () => {
    const approved = afterEvents(asked(), ['edited', 'approved']);
    const { seen: _, ...event } = exampleEvent('drifted', approved);
    const after = followedBy(approved, { ...event, reason: 'snapshot-not-found' });
    expect(after.drift?.at).toBe(after.askedAnew?.at(-1)?.at);
    expect(owedOf(after, 'asked-anew').map(({ key }) => key)).toContain(`asked-anew:2:${to}`);
    expect(ofDrift(after)).toEqual([]);
  });

  it.each<Status>(['approved', 'denied', 'withdrawn'])('is not told any more once it is %s', (status) => {
    expect(ofDrift(afterEvents(noted(asked(), 15), EVENTS_TO[status]))).toEqual([]);
  });
});

describe('a yes that depends on something', () => {
  const condition = 'Tell the shop first.';
  const rules = [{ name: 'owners', users: [APPROVER.id, GROUP_APPROVER.id], groups: [], needed: 2 }];
  const yes = (restore: Restore, person = APPROVER) =>
    followedBy(restore, { ...exampleEvent('approved', restore), person, proviso: { condition } });
  const declined = (restore: Restore, votedAt = later(1)) =>
    followedBy(restore, { ...exampleEvent('proviso-declined', restore), votedAt });

  it('is told to the requester, each of several for itself', () => {
    const both = yes(yes(asked({ approval: { rules, denialsNeeded: 1 } })), GROUP_APPROVER);
    expect(owedOf(both, 'proviso-asked')).toEqual([
      { key: `proviso:${APPROVER.id}:${later(1)}`, kind: 'proviso-asked', to },
      { key: `proviso:${GROUP_APPROVER.id}:${later(2)}`, kind: 'proviso-asked', to },
    ]);
  });

  it('is told to its giver each time that the requester does not accept it', () => {
    const once = declined(yes(asked()));
    expect(owedOf(once, 'proviso-declined')).toEqual([
      { key: `proviso-declined:1:${APPROVER.id}`, kind: 'proviso-declined', to: APPROVER.id, round: 1 },
    ]);
    const twice = declined(yes(settled(once, `proviso-declined:1:${APPROVER.id}`)), later(4));
    expect(owedOf(twice, 'proviso-declined').map(({ key }) => key)).toEqual([`proviso-declined:2:${APPROVER.id}`]);
  });
});
