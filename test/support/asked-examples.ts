import type { Unchecked } from '../../src/restore/approvable.ts';
import type { ClosedStart } from '../../src/restore/closed-start.ts';
import { DRIFT_REASONS } from '../../src/restore/failure.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import { exampleEvent } from './example-events.ts';
import { followedBy, makeRestore, NOW } from './make-restore.ts';
import { DRAFT, POLICY } from './message-facts.ts';
import { makePerson } from './people.ts';

const UNCHECKED: readonly Unchecked[] = [
  { why: 'no-answer' },
  { why: 'no-answer', schedules: ['plan-1'] },
  { why: 'on-call-unknown', schedules: ['plan-1'] },
  { why: 'too-many' },
];

/** Requests of which it was not known whether enough people can approve them, and what a later look found. */
export function uncheckedRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const approval = oneApprover({ users: ['U1'], groups: [] });
  const asked = UNCHECKED.map((unchecked) =>
    makeRestore('awaiting-approval', { policy: { ...POLICY, approval }, draft: { ...DRAFT, unchecked } }),
  );
  const [first = makeRestore('awaiting-approval')] = asked;
  const found = (people: readonly string[]) =>
    followedBy(first, {
      type: 'reminded',
      at: addMinutes(NOW, 2),
      asked: { people: people.map((id) => makePerson(id)), isWhole: true },
    });
  return [
    ...asked.map((restore, index) => [`asked for without being checked (${index})`, restore] as const),
    ['found to have too few approvers', found([])],
    ['found to have enough approvers', found(['U1'])],
  ];
}

/** Requests of which something is no longer as planned, and nobody had voted. */
export function driftedRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const asked = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  const { seen, ...event } = { ...exampleEvent('drifted', asked), step: 'look-at-agreement', why: 'Aura-404' } as const;
  const noted = DRIFT_REASONS.map(
    (reason) => [`noted to have drifted (${reason})`, followedBy(asked, { ...event, reason })] as const,
  );
  const undo = makeRestore('awaiting-approval', { policy: POLICY, draft: { ...DRAFT, undoes: 'R-16' } });
  const [[, first] = ['', asked]] = noted;
  return [
    ...noted,
    ['an undo whose restore point is gone', followedBy(undo, { ...event, reason: 'snapshot-not-found' })],
    ['as planned again', followedBy(first, { type: 'agreement-looked', at: addMinutes(event.at, 15) })],
    [
      'allowed again',
      followedBy(
        asked,
        { ...event, reason: 'no-longer-allowed' },
        { type: 'agreement-looked', at: addMinutes(event.at, 15) },
      ),
    ],
    ['asked anew before anybody voted', followedBy(asked, { ...event, ...(seen ? { seen } : {}) })],
  ];
}

/** Requests and agreements that the calendar closed, by what it closes the start with. */
export function closedRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const asked = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  const approved = followedBy(asked, exampleEvent('approved', asked));
  const startAt = addMinutes(NOW, 30);
  const nextPossible = [addMinutes(NOW, 600), addMinutes(NOW, 1500)];
  const closings: readonly ClosedStart[] = [
    { startAt, closed: { by: 'freezes', names: ['Sperre-1'], until: addMinutes(NOW, 600) }, nextPossible },
    { startAt, closed: { by: 'freezes', names: ['Sperre-2'] }, nextPossible: [], mayOverride: true },
    { startAt, closed: { by: 'holidays', names: ['Tag-3'] }, nextPossible },
    {
      startAt,
      closed: { by: 'windows', sets: [[{ days: ['sat'], from: '01:00', to: '05:00', zone: 'UTC' }]] },
      nextPossible,
    },
  ];
  return closings.flatMap((closed, index) => {
    const drifted = (restore: Restore): Restore => {
      const { seen: _, ...event } = exampleEvent('drifted', restore);
      const step = restore.state.status === 'awaiting-approval' ? 'look-at-agreement' : event.step;
      return followedBy(restore, { ...event, step, reason: 'outside-window', why: 'Zu-4', closed });
    };
    const noted = drifted(asked);
    return [
      [`closed to its start (${index})`, noted],
      [`open to its start again (${index})`, followedBy(noted, { type: 'agreement-looked', at: addMinutes(NOW, 60) })],
      [`closed to its start after it was agreed to (${index})`, drifted(approved)],
      [`closed to its start, and edited (${index})`, followedBy(noted, exampleEvent('edited', noted))],
    ];
  });
}

const REASONS = ['is_archived', 'channel_not_found', 'not_in_channel', 'code-1'] as const;

/** Restores of which a place could not be told: of the start, that it is late or put off, or of the end; surely or perhaps. */
export function unreachedRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const policy = { ...POLICY, stakeholders: { users: ['U5'], groups: [] } };
  const made = (status: 'approved' | 'restoring' | 'completed') => makeRestore(status, { policy, draft: DRAFT });
  const putOff = followedBy(made('approved'), exampleEvent('drifted', made('approved')));
  const settled = (status: Parameters<typeof made>[0] | 'put off', key: string, why: string, isSure = true) => {
    const restore = status === 'put off' ? putOff : made(status);
    const delivery = {
      status: 'undeliverable',
      why,
      at: NOW,
      ...(isSure ? {} : { mayHaveArrived: true as const }),
    } as const;
    return followedBy(restore, { ...exampleEvent('message-settled', restore), key, delivery });
  };
  return [
    ...REASONS.map((why) => [`not told of (${why})`, settled('approved', 'planned:C0ORDERS', why)] as const),
    ['not told of, a person', settled('approved', 'planned:U5', 'user_disabled')],
    ['perhaps told of', settled('restoring', 'planned:C0ORDERS', 'code-1', false)],
    ['not told of to be late', settled('restoring', 'late:C0ORDERS', 'is_archived')],
    ['perhaps told of to be late', settled('restoring', 'late:C0ORDERS', 'code-1', false)],
    ['not told of to be put off', settled('put off', 'put-off:C0ORDERS:1', 'is_archived')],
    ['perhaps told of to be put off', settled('put off', 'put-off:C0ORDERS:1', 'code-1', false)],
    ['over and not told of', settled('completed', 'outcome:C0STATUS', 'is_archived')],
    ['over and perhaps told of', settled('completed', 'outcome:C0STATUS', 'code-1', false)],
  ];
}
