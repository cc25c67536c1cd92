import { expect, it } from 'vitest';
import type { MadeFacts } from '../../src/restore/new-instance/made-instance.ts';
import { createWatchNewInstance } from '../../src/steps/watch-new-instance.ts';
import type { Looks } from '../../src/steps/watch-restore.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus } from '../support/make-restore.ts';
import { askedForNew } from '../support/new-instance-messages.ts';
import { makeFakeAura, RUNNING, reporting } from './fake-aura.ts';
import { eventOf, POLL_MS, runStep } from './step-run.ts';

const MADE: MadeFacts = {
  auraId: '0000aaaa',
  name: 'rb-R-17-abcdefgh',
  removeAt: '2026-11-22T03:04:05.000Z',
  password: 'handed-over',
};

/** Its create call was answered: it is being made. */
function beingMade() {
  const sent = (['approved', 'preflight-passed', 'restore-intended'] as const).reduce(
    (before, type) => followedBy(before, exampleEvent(type, before)),
    askedForNew(),
  );
  return followedBy(sent, { ...exampleEvent('restore-accepted', sent), made: MADE });
}

function watching(instance: typeof RUNNING, notEndedAtMs?: number) {
  const noted: unknown[] = [];
  const looks: Looks = {
    lineEndsAtMs: async () => undefined,
    known: async () => ({ earlier: [], isInLine: false, ...(notEndedAtMs === undefined ? {} : { notEndedAtMs }) }),
    noteNotEnded: async (_, atMs) => void noted.push({ notEndedAtMs: atMs }),
    noteEnded: async (_, took) => void noted.push(took),
  };
  const { aura } = makeFakeAura({ instance });
  const maker = { look: async () => undefined };
  const step = createWatchNewInstance({ aura, maker, timing: { pollMs: POLL_MS, startWatchMs: 600_000 }, looks });
  return { step, noted };
}

it('a look at a new instance that does not run yet is noted', async () => {
  const making = inStatus(beingMade(), 'restoring');
  const { step, noted } = watching(reporting('creating'));
  await runStep(step, making);
  expect(noted).toEqual([{ notEndedAtMs: Date.parse(making.since) }]);
});

it('how long it took until a new instance ran is noted once it did, from the create call on and as exactly as it was seen', async () => {
  const making = beingMade();
  const seenOnce = inStatus(followedBy(making, exampleEvent('running-seen', making)), 'restoring');
  const sentMs = Date.parse(seenOnce.state.intent.at);
  const seenMs = Date.parse(seenOnce.state.runningSeenAt ?? '');
  const { step, noted } = watching(RUNNING, seenMs - 1_000);
  expect(eventOf(await runStep(step, seenOnce))).toEqual({ type: 'restore-finished' });
  expect(seenMs).toBeGreaterThan(sentMs);
  expect(noted).toEqual([{ ms: seenMs - 500 - sentMs, unsureMs: 500 }]);
});

it('a new instance that somebody deletes while it is made is not taken for the one whose snapshot it is', async () => {
  const { step } = watching(reporting('destroying'));
  expect(eventOf(await runStep(step, inStatus(beingMade(), 'restoring')))).toMatchObject({
    type: 'step-failed',
    reason: 'instance-deleted',
    why: 'Aura no longer knows the new instance: somebody deleted it.',
    condition: 'unchanged',
  });
});
