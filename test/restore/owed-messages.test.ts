import { describe, expect, it } from 'vitest';
import { headKey, outcomeKey, plannedKey } from '../../src/restore/message-key.ts';
import { owedMessages, plannedNoticesAreSettled, startWaitsNoLonger } from '../../src/restore/owed-messages.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import { unreachedPlaces } from '../../src/restore/unreached.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, NOW, STATUSES } from '../support/make-restore.ts';
import { APPROVER, REQUESTER } from '../support/people.ts';

const POSTED: Delivery = { status: 'posted', channel: 'C0ORDERS', ts: '1795230245.000100', at: NOW };
const UNDELIVERABLE = { status: 'undeliverable', why: 'channel_not_found', at: NOW } as const;

function settled(restore: Restore, key: string, delivery: Delivery = POSTED): Restore {
  return followedBy(restore, { ...exampleEvent('message-settled', restore), key, delivery });
}

const keys = (restore: Restore) => owedMessages(restore).map(({ key }) => key);

const PLANNED = [plannedKey('C0ORDERS'), plannedKey('C0STATUS')];
const OUTCOME = [outcomeKey('C0ORDERS'), outcomeKey('C0STATUS')];
const ANCHOR = 'anchor';
const CONFIRMED = `confirmed:${REQUESTER.id}`;

/** What a restore owes in each status when nobody was told anything yet. */
const OWED: Readonly<Record<Status, readonly string[]>> = {
  'awaiting-approval': [],
  approved: [...PLANNED, CONFIRMED],
  'taking-baseline': [...PLANNED, CONFIRMED],
  'requesting-safety-snapshot': [...PLANNED, CONFIRMED],
  'awaiting-safety-snapshot': [...PLANNED, CONFIRMED],
  'ready-to-restore': [...PLANNED, CONFIRMED],
  'restore-sent': [...PLANNED, CONFIRMED],
  'start-unclear': [...PLANNED, `judge-start:${REQUESTER.id}`, `judge-start:${APPROVER.id}`],
  restoring: [...PLANNED, CONFIRMED],
  verifying: [...PLANNED, CONFIRMED],
  completed: [...OUTCOME, `ended:${REQUESTER.id}`, ANCHOR],
  rehearsed: [`ended:${REQUESTER.id}`, ANCHOR],
  failed: [...OUTCOME, `ended:${REQUESTER.id}`, ANCHOR],
  denied: [`denied:${REQUESTER.id}`, ANCHOR],
  withdrawn: [ANCHOR],
  cancelled: [`ended:${REQUESTER.id}`, ANCHOR],
  expired: [`unanswered:${REQUESTER.id}`, ANCHOR],
  lapsed: [`ended:${REQUESTER.id}`, ANCHOR],
};

const inEach = (...kinds: readonly string[]) =>
  ['C0ORDERS', 'C0STATUS'].flatMap((to) => kinds.map((kind) => `${kind}:${to}`));

/** What is owed besides, in the threads, when the notices of the start were posted before it; late here, so that it was moved. */
const ONCE_TOLD: Partial<Readonly<Record<Status, readonly string[]>>> = {
  approved: inEach('start-moved'),
  'start-unclear': inEach('unclear'),
  restoring: inEach('started'),
  verifying: inEach('started', 'verifying'),
};

describe.each(STATUSES)('a restore that is %s', (status) => {
  const restore = makeRestore(status);

  it('owes what the table says, stakeholders first', () => {
    expect(keys(restore)).toEqual(OWED[status]);
  });

  it('owes nothing twice, and nothing that was posted or given up', () => {
    expect(new Set(keys(restore)).size).toBe(keys(restore).length);
    for (const delivery of [POSTED, UNDELIVERABLE]) {
      for (const key of keys(restore)) expect(keys(settled(restore, key, delivery))).not.toContain(key);
    }
  });

  it('owes nothing more once everything is settled', () => {
    let told: Restore = restore;
    for (let next = keys(told)[0]; next !== undefined; next = keys(told)[0]) told = settled(told, next);
    expect(Object.keys(told.deliveries)).toEqual([...OWED[status], ...(ONCE_TOLD[status] ?? [])]);
  });
});

describe('the notice of how a restore ended', () => {
  it.each(['completed', 'failed'] as const)(
    'is owed, when it is %s after its call was sent, also to the channels that could not hear of the start in time',
    (status) => {
      const told = settled(makeRestore(status), plannedKey('C0STATUS'));
      expect(keys(told)).toEqual([...OUTCOME, `ended:${REQUESTER.id}`, ANCHOR]);
    },
  );

  it.each(['cancelled', 'lapsed'] as const)(
    'is owed, when it is %s, to the channels that were told of the start and to no others',
    (status) => {
      const told = settled(makeRestore(status), plannedKey('C0STATUS'));
      expect(keys(told)).toEqual([outcomeKey('C0STATUS'), `ended:${REQUESTER.id}`, ANCHOR]);
    },
  );

  it.each([undefined, { ...UNDELIVERABLE, mayHaveArrived: true } as Delivery])(
    'is owed where nothing but the head message told of the start',
    (delivery) => {
      const told = settled(makeRestore('cancelled'), headKey('C0STATUS'), delivery);
      expect(keys(told)).toEqual([outcomeKey('C0STATUS'), `ended:${REQUESTER.id}`, ANCHOR]);
    },
  );

  it('is owed where nobody knows whether the first notice arrived', () => {
    const maybe: Delivery = { ...UNDELIVERABLE, mayHaveArrived: true };
    const told = settled(makeRestore('cancelled'), plannedKey('C0STATUS'), maybe);
    const untoldOf = [`unreached:C0STATUS:${REQUESTER.id}`, 'unreached:C0STATUS'];
    expect(keys(told)).toEqual([outcomeKey('C0STATUS'), `ended:${REQUESTER.id}`, ...untoldOf, ANCHOR]);
  });

  it('is not owed where the first notice could not be delivered', () => {
    const untold = settled(makeRestore('completed'), plannedKey('C0ORDERS'), UNDELIVERABLE);
    const untoldOf = [`unreached:C0ORDERS:${REQUESTER.id}`, 'unreached:C0ORDERS'];
    expect(keys(untold)).toEqual([outcomeKey('C0STATUS'), `ended:${REQUESTER.id}`, ...untoldOf, ANCHOR]);
  });
});

describe('the notices before a restore', () => {
  const approved = makeRestore('approved');

  it('are settled when every channel was told or given up', () => {
    const half = settled(approved, plannedKey('C0ORDERS'));
    expect(plannedNoticesAreSettled(approved)).toBe(false);
    expect(plannedNoticesAreSettled(half)).toBe(false);
    expect(plannedNoticesAreSettled(settled(half, plannedKey('C0STATUS'), UNDELIVERABLE))).toBe(true);
  });

  it('are settled from the start when nobody is to be told', () => {
    expect(plannedNoticesAreSettled(makeRestore('approved', { policy: { noticeChannels: [] } }))).toBe(true);
  });

  it('that could not be delivered are named as gaps, with the reason', () => {
    const gap = settled(approved, plannedKey('C0STATUS'), UNDELIVERABLE);
    expect(unreachedPlaces(approved)).toEqual([]);
    expect(unreachedPlaces(gap)).toEqual([
      { place: 'C0STATUS', notice: 'planned', why: 'channel_not_found', mayHaveArrived: false },
    ]);
    const maybe = settled(approved, plannedKey('C0STATUS'), { ...UNDELIVERABLE, mayHaveArrived: true });
    expect(unreachedPlaces(maybe)).toEqual([
      { place: 'C0STATUS', notice: 'planned', why: 'channel_not_found', mayHaveArrived: true },
    ]);
    const late = settled(
      settled(makeRestore('completed'), plannedKey('C0ORDERS')),
      outcomeKey('C0ORDERS'),
      UNDELIVERABLE,
    );
    expect(unreachedPlaces(late)).toEqual([
      { place: 'C0ORDERS', notice: 'outcome', why: 'channel_not_found', mayHaveArrived: false },
    ]);
  });
});

describe('the anchor of a restore that ended', () => {
  const restore = makeRestore('completed');
  const anchorOf = (of: Restore) => owedMessages(of).find(({ kind }) => kind === 'anchor');

  it('goes to the audit channel, and to the approvals channel when the record is from before there was one', () => {
    const { auditChannel: _, ...terms } = restore.terms;
    expect(anchorOf(restore)?.to).toBe('C0AUDIT');
    expect(anchorOf({ ...restore, terms })?.to).toBe('C0APPROVALS');
  });

  it('comes last, so that it is over what became of the other messages', () => {
    for (const status of STATUSES) {
      const kinds = owedMessages(makeRestore(status)).map(({ kind }) => kind);
      if (kinds.includes('anchor')) expect(kinds.indexOf('anchor')).toBe(kinds.length - 1);
    }
  });
});

describe('a start that waits for its notices', () => {
  const approved = makeRestore('approved');
  const [first = '', last = ''] = PLANNED;
  const told = inStatus(settled(settled(approved, first), last), 'approved');
  const at = Date.parse(told.state.startAt);

  it('waits no longer when the last of them was settled, posted or given up', () => {
    expect(startWaitsNoLonger(approved, at)).toBe(false);
    expect(startWaitsNoLonger(settled(approved, first), at)).toBe(false);
    expect(startWaitsNoLonger(told, at)).toBe(true);
    expect(startWaitsNoLonger(settled(settled(approved, first), last, UNDELIVERABLE), at)).toBe(true);
  });

  it('still waits for its time', () => {
    expect(startWaitsNoLonger(told, at - 1)).toBe(false);
  });

  it('is not woken by anything later, so that one that waits for a busy instance keeps its pace', () => {
    expect(startWaitsNoLonger(settled(told, CONFIRMED), at)).toBe(false);
    expect(startWaitsNoLonger(followedBy(told, exampleEvent('step-observed', told)), at)).toBe(false);
  });
});
