import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../src/restore/event.ts';
import type { Delivery, Restore } from '../../src/restore/restore.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent, minuteAfter } from '../support/example-events.ts';
import { afterEvents, followedBy, inStatus, makeRestore, NOW } from '../support/make-restore.ts';
import { askedForNew } from '../support/new-instance-messages.ts';

const counts = (restore: Restore, event: WorkerEvent) => transition(restore, event).kind === 'changed';

describe('what a worker saw before people were asked anew', () => {
  const again = () => afterEvents(makeRestore('approved'), ['drifted', 'approved']);
  const passed = (facts: object) => ({ ...exampleEvent('preflight-passed', again()), ...facts });

  it('does not count for the new round', () => {
    expect(counts(again(), passed({ round: 0 }))).toBe(false);
    expect(counts(again(), passed({ round: 1 }))).toBe(true);
  });

  it('counts where the worker did not say which round it looked at, as earlier releases do', () => {
    expect(counts(again(), passed({}))).toBe(true);
  });
});

describe('a new instance', () => {
  const agreed = (isDryRun = false) => afterEvents(askedForNew({}, { draft: { isDryRun } }), ['approved']);

  it('takes no record of data and no safety snapshot, and says why', () => {
    const event = exampleEvent('preflight-passed', agreed());
    const ready = inStatus(followedBy(agreed(), event), 'ready-to-restore');
    expect(ready.state).toEqual({
      status: 'ready-to-restore',
      approval: inStatus(agreed(), 'approved').state.approval,
      preflight: event.preflight,
      baseline: { kind: 'not-taken', why: 'nothing is overwritten: a new instance is made' },
    });
  });

  it('of a dry run stops short of its first call', () => {
    const passed = afterEvents(agreed(true), ['preflight-passed']);
    expect(passed.state.status).toBe('requesting-safety-snapshot');
    expect(afterEvents(passed, ['rehearsed']).state.status).toBe('rehearsed');
  });

  it('is on record as Aura named it first, by the answer to the call or by the first look', () => {
    const sent = () => afterEvents(agreed(), ['preflight-passed', 'restore-intended']);
    const madeAs = (auraId: string) => ({
      made: { auraId, name: 'rb-R-17-x', removeAt: NOW, password: 'handed-over' as const },
    });
    const accepted = followedBy(sent(), { ...exampleEvent('restore-accepted', sent()), ...madeAs('0000aaaa') });
    expect(accepted.made).toEqual(madeAs('0000aaaa').made);
    const seen = followedBy(sent(), { ...exampleEvent('start-seen', sent()), ...madeAs('0000bbbb') });
    expect(seen.made?.auraId).toBe('0000bbbb');
    const later = { ...exampleEvent('start-seen', accepted), ...madeAs('0000cccc') };
    expect(followedBy(accepted, later).made?.auraId).toBe('0000aaaa');
    expect(followedBy(accepted, exampleEvent('start-seen', accepted)).made?.auraId).toBe('0000aaaa');
    expect(afterEvents(sent(), ['restore-accepted'])).not.toHaveProperty('made');
  });
});

it('the restore call of a dry run is never meant to be sent, however far its record has come', () => {
  const ready = makeRestore('ready-to-restore');
  const dry = { ...ready, plan: { ...ready.plan, dryRun: true as const } };
  expect(counts(ready, exampleEvent('restore-intended', ready))).toBe(true);
  expect(counts(dry, exampleEvent('restore-intended', dry))).toBe(false);
});

describe('the intent of the restore call', () => {
  it.each(['restore-sent', 'start-unclear', 'restoring'] as const)(
    'gets the id of Aura’s answer in %s, once, and keeps the rest',
    (status) => {
      const { state } = makeRestore('restore-sent');
      const before =
        status === 'restoring' ? afterEvents(makeRestore('restore-sent'), ['start-seen']) : makeRestore(status);
      const answered = afterEvents(before, ['restore-answered']);
      expect(inStatus(answered, status).state.intent).toEqual({ ...state.intent, requestId: 'aura-restore-1' });
      expect(counts(answered, exampleEvent('restore-answered', answered))).toBe(false);
    },
  );

  it('is the one that stands outside the records where these went back to an older state', () => {
    const ready = makeRestore('ready-to-restore');
    const found = followedBy(ready, { ...exampleEvent('sent-before-seen', ready), sentAt: NOW });
    expect(inStatus(found, 'start-unclear').state.intent).toEqual({ attemptId: 'attempt-0', at: NOW });
  });

  it('is not called off by the late failure of another step', () => {
    const restoring = makeRestore('restoring');
    const { attemptId } = restoring.state.intent;
    const late = { ...exampleEvent('step-failed', restoring), attemptId };
    expect(counts(restoring, { ...late, step: 'watch-start' })).toBe(false);
    expect(counts(restoring, { ...late, step: 'send-restore' })).toBe(true);
  });
});

it('a database that is lost again after it was seen running is still being restored', () => {
  const lost = afterEvents(makeRestore('restoring'), ['running-seen', 'running-lost']);
  expect(inStatus(lost, 'restoring').state).not.toHaveProperty('runningSeenAt');
});

it('a preview that is being made has counted nothing yet', () => {
  const asked = makeRestore('awaiting-approval');
  const event = exampleEvent('preview-seen', asked);
  const seen = followedBy(asked, event);
  const { preview: by, snapshotId, stage, at } = event;
  expect(seen.previews).toEqual([{ by, at, snapshotId, stage }]);
  expect(seen).not.toHaveProperty('previewed');
});

it('a late start that is held up still says so, and one that is about to come does not', () => {
  const approved = makeRestore('approved');
  const late = exampleEvent('start-late', approved);
  expect(followedBy(approved, { ...late, isHeldUp: true }).lateStart).toMatchObject({ isHeldUp: true });
  expect(followedBy(approved, late).lateStart).not.toHaveProperty('isHeldUp');
});

describe('a message that cannot be delivered', () => {
  const approved = () => makeRestore('approved');
  const givenUp = (restore: Restore, why: string): WorkerEvent => {
    const delivery: Delivery = { status: 'undeliverable', why, at: minuteAfter(restore) };
    return { ...exampleEvent('message-settled', restore), delivery };
  };
  const once = () => followedBy(approved(), givenUp(approved(), 'channel_not_found'));

  it('is given up once for each reason', () => {
    expect(counts(once(), givenUp(once(), 'channel_not_found'))).toBe(false);
    expect(counts(once(), givenUp(once(), 'is_archived'))).toBe(true);
  });

  it('is on record with the latest reason', () => {
    const again = followedBy(once(), givenUp(once(), 'is_archived'));
    expect(Object.values(again.deliveries)).toMatchObject([{ status: 'undeliverable', why: 'is_archived' }]);
  });
});
