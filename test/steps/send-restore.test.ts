import { describe, expect, it } from 'vitest';
import type { Calendar } from '../../src/restore/calendar.ts';
import { instantOf } from '../../src/restore/instant.ts';
import { transition } from '../../src/restore/transition.ts';
import { createMethods } from '../../src/steps/methods/all-methods.ts';
import { createSendRestore } from '../../src/steps/send-restore.ts';
import type { StepEvent } from '../../src/steps/step.ts';
import { exampleEvent } from '../support/example-events.ts';
import { followedBy, inStatus, makeRestore, TAKEN_AT } from '../support/make-restore.ts';
import { overriding } from '../support/overriding.ts';
import {
  type AuraAnswers,
  makeFakeAura,
  NEVER_LEFT,
  NO_BUDGET,
  NONSENSE,
  RESTORE_POINT,
  refusal,
  reporting,
  TROUBLES,
  UNREACHABLE,
} from './fake-aura.ts';
import { eventOf, POLL_MS, runStep, wordsOf } from './step-run.ts';

const ready = makeRestore('ready-to-restore');
const TIMING = { pollMs: POLL_MS, startWatchMs: 120_000 };
const CALL = 'restore a1b2c3d4 to snapshot-1';

function stepOn(answers: Partial<AuraAnswers> = {}) {
  const { aura, calls } = makeFakeAura(answers);
  const send = createSendRestore({
    methods: createMethods({ aura, timing: TIMING }),
    calendarOf: () => undefined,
    timing: TIMING,
    newAttemptId: () => 'attempt-1',
  });
  const sent = () => calls.filter((call) => call === CALL).length;
  return { send, calls, sent };
}

async function sendOn(answers: Partial<AuraAnswers> = {}, now = ready.since, isSaved = true) {
  const { send, calls, sent } = stepOn(answers);
  const run = await runStep(send, ready, now, isSaved);
  return { ...run, calls, sent: sent() };
}

describe('a restore call that something holds up', () => {
  const heldUpBy = 'The record of restore R-12 cannot be read.';
  const held = (now: string) => {
    const { send, calls } = stepOn();
    return { run: send({ restore: ready, now, saveFirst: async () => true, heldUpBy }), calls };
  };

  it('is not sent, and asks Aura nothing; it says what it waits for, until it is too late', async () => {
    const { run, calls } = held(ready.since);
    expect(await run).toEqual({ kind: 'look-again', afterMs: POLL_MS, words: heldUpBy });
    expect(calls).toEqual([]);
    expect(await held('2027-01-01T00:00:00.000Z').run).toMatchObject({ kind: 'event' });
  });
});

describe('a restore call that the records do not know of, but the card in Slack', () => {
  const { aura, calls } = makeFakeAura();
  const sent = { attemptId: 'attempt-0', at: '2026-11-20T09:14:00.000Z' };
  const step = (before: typeof sent | undefined) =>
    createSendRestore({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
      newAttemptId: () => 'attempt-1',
      sentBefore: async () => before,
    });

  it('is never sent again, and put to people as the one that was sent then', async () => {
    const run = await runStep(step(sent), ready, ready.since);
    expect(run.saved).toEqual([]);
    expect(calls).not.toContain(CALL);
    expect(eventOf(run)).toMatchObject({ type: 'sent-before-seen', attemptId: 'attempt-0', sentAt: sent.at });
    expect(eventOf(run)).toMatchObject({ why: expect.stringContaining('2026-11-20 09:14') });
  });

  it('is put to people whatever Aura shows of the instance', async () => {
    const { aura: busy } = makeFakeAura({ instance: reporting('restoring') });
    const methods = createMethods({ aura: busy, timing: TIMING });
    const parts = { methods, calendarOf: () => undefined, timing: TIMING, sentBefore: async () => sent };
    const run = await runStep(createSendRestore(parts), ready, ready.since);
    expect(eventOf(run)).toMatchObject({ type: 'sent-before-seen', attemptId: 'attempt-0' });
  });

  it('is sent when nothing says that it was', async () => {
    const run = await runStep(step(undefined), ready, ready.since);
    expect(run.saved).toEqual([{ type: 'restore-intended', attemptId: 'attempt-1' }]);
    expect(calls).toContain(CALL);
  });
});

describe('a restore call whose record lost the intent while the call was on its way', () => {
  /** The intent is acknowledged, and then Redis fails over to a copy that does not hold it. */
  const forgotten = async (answers: Partial<AuraAnswers>) => {
    const { send, sent } = stepOn(answers);
    const saved: StepEvent[] = [];
    const outcome = await send({
      restore: ready,
      now: ready.since,
      saveFirst: async (event) => {
        const isSaved = transition(ready, { ...event, at: ready.since }).kind === 'changed';
        if (isSaved) saved.push(event);
        return isSaved;
      },
    });
    return { outcome, saved, sent: sent() };
  };

  it.each([
    ['was accepted', {}],
    ['still says running', { restored: { status: 'running', requestId: 'aura-restore-1' } }],
    ['was lost', { restored: UNREACHABLE }],
  ])('is put to people when the answer %s', async (_, answers) => {
    const { outcome, saved, sent } = await forgotten(answers);
    expect(outcome.kind).toBe('look-again');
    expect(saved.map(({ type }) => type)).toEqual(['restore-intended', 'sent-before-seen']);
    expect(saved[1]).toMatchObject({
      attemptId: 'attempt-1',
      sentAt: ready.since,
      why: expect.stringContaining('lost'),
    });
    expect(sent).toBe(1);
  });

  it('is told as refused when Aura refused it', async () => {
    const { outcome, saved } = await forgotten({ restored: refusal('other') });
    expect(outcome).toMatchObject({ kind: 'event', event: { type: 'step-failed' } });
    expect(saved.map(({ type }) => type)).toEqual(['restore-intended']);
  });
});

describe('the restore call and an objection that came while the safety snapshot was made', () => {
  const objected = inStatus(followedBy(ready, exampleEvent('objected', ready)), 'ready-to-restore');

  it('waits for the answer, and asks Aura nothing meanwhile', async () => {
    const { send, calls } = stepOn();
    const run = await runStep(send, objected, objected.since);
    expect(wordsOf(run)).toMatch(/Held by an objection/);
    expect([run.saved, calls]).toEqual([[], []]);
  });

  it('is sent once it was answered', async () => {
    const { send, sent } = stepOn();
    const answered = inStatus(followedBy(objected, exampleEvent('objections-answered', objected)), 'ready-to-restore');
    await runStep(send, answered, answered.since);
    expect(sent()).toBe(1);
  });
});

describe('the restore call', () => {
  it('is sent once, after the intent is on record, after a last look', async () => {
    const { aura, calls } = makeFakeAura();
    const send = createSendRestore({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
      newAttemptId: () => 'attempt-1',
    });
    const outcome = await send({
      restore: ready,
      now: ready.since,
      saveFirst: async (event) => {
        if (event.type !== 'restore-intended') return false;
        calls.push(`save ${event.type}`);
        return true;
      },
    });
    expect(calls).toEqual(['read instance a1b2c3d4', 'read snapshot snapshot-1', 'save restore-intended', CALL]);
    expect(outcome).toEqual({
      kind: 'event',
      event: { type: 'restore-accepted', status: 'restoring', requestId: 'aura-restore-1' },
    });
  });

  it('is not sent in a freeze that began meanwhile, unless the plan overrides it', async () => {
    const calendar = {
      windows: [],
      freezes: [{ name: 'Audit', from: ready.since, to: '2027-01-01T00:00:00.000Z' }],
    };
    const run = async (restore: typeof ready) => {
      const { aura, calls } = makeFakeAura();
      const send = createSendRestore({
        methods: createMethods({ aura, timing: TIMING }),
        timing: TIMING,
        calendarOf: () => calendar,
      });
      return { outcome: eventOf(await runStep(send, restore)), isSent: calls.includes(CALL) };
    };
    expect(await run(ready)).toMatchObject({
      outcome: {
        type: 'drifted',
        step: 'send-restore',
        reason: 'outside-window',
        closed: { nextPossible: ['2027-01-01T00:00:00.000Z'] },
      },
      isSent: false,
    });
    expect(await run(overriding(ready, 'Audit'))).toMatchObject({
      outcome: { type: 'restore-accepted' },
      isSent: true,
    });
  });

  it('is not sent in a freeze that was added while the instance and the restore point were looked at', async () => {
    const frozen = {
      windows: [],
      freezes: [{ name: 'Audit', from: ready.since, to: '2027-01-01T00:00:00.000Z' }],
    };
    const sentWith = async (whileLooking: Calendar) => {
      const { aura, calls } = makeFakeAura();
      const send = createSendRestore({
        methods: createMethods({ aura, timing: TIMING }),
        timing: TIMING,
        calendarOf: async () => (calls.length > 0 ? whileLooking : { windows: [], freezes: [] }),
      });
      await send({
        restore: ready,
        now: ready.since,
        saveFirst: async (event) => transition(ready, { ...event, at: ready.since }).kind === 'changed',
      });
      return calls.includes(CALL);
    };
    expect(await sentWith(frozen)).toBe(false);
    expect(await sentWith({ windows: [], freezes: [] })).toBe(true);
  });

  it('is held back while clocks are too far apart, in the same words at every look', async () => {
    const { aura, calls } = makeFakeAura();
    let aheadMs = 31_000;
    const send = createSendRestore({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
      clocks: { apart: () => ({ clock: 'aura', aheadMs }), known: () => [] },
    });
    const first = await runStep(send, ready);
    aheadMs = 95_000;
    const second = await runStep(send, ready);
    expect(first.outcome).toEqual({
      kind: 'look-again',
      afterMs: POLL_MS,
      words: expect.stringMatching(/^Held back: the bot's clock and Aura's are more than 30 seconds apart/),
    });
    expect(second.outcome).toEqual(first.outcome);
    expect([...first.saved, ...second.saved]).toEqual([]);
    expect(calls).not.toContain(CALL);
  });

  it('is judged by the clock as Aura shows it at the last look, not by an older one', async () => {
    const { aura, calls } = makeFakeAura();
    const clocks = {
      apart: () => (calls.length > 0 ? ({ clock: 'aura', aheadMs: 60_000 } as const) : undefined),
      known: () => [],
    };
    const run = await runStep(
      createSendRestore({
        methods: createMethods({ aura, timing: TIMING }),
        calendarOf: () => undefined,
        timing: TIMING,
        clocks,
      }),
      ready,
    );
    expect(run.outcome.kind).toBe('look-again');
    expect(calls).not.toContain(CALL);
  });

  it('is not sent by a run whose intent was not the first', async () => {
    const run = await sendOn({}, ready.since, false);
    expect(run.saved).toEqual([{ type: 'restore-intended', attemptId: 'attempt-1' }]);
    expect(run.sent).toBe(0);
    expect(run.outcome.kind).toBe('look-again');
  });

  it('is sent by one of many runs at once', async () => {
    const { send, sent } = stepOn();
    const intents: StepEvent[] = [];
    const saveFirst = async (event: StepEvent) => event.type === 'restore-intended' && intents.push(event) === 1;
    await Promise.all(Array.from({ length: 20 }, () => send({ restore: ready, now: ready.since, saveFirst })));
    expect(intents).toHaveLength(20);
    expect(sent()).toBe(1);
  });

  it('is not sent when the intent could not be saved', async () => {
    const { send, sent } = stepOn();
    const saveFirst = () => Promise.reject(new Error('Redis is away'));
    await expect(send({ restore: ready, now: ready.since, saveFirst })).rejects.toThrow('Redis is away');
    expect(sent()).toBe(0);
  });

  it('names each attempt anew', async () => {
    const { aura } = makeFakeAura();
    const send = createSendRestore({
      methods: createMethods({ aura, timing: TIMING }),
      calendarOf: () => undefined,
      timing: TIMING,
    });
    const runs = [await runStep(send, ready), await runStep(send, ready)];
    const names = runs.flatMap(({ saved }) => saved.map((event) => 'attemptId' in event && event.attemptId));
    expect(new Set(names).size).toBe(2);
  });
});

describe('the last look before the call', () => {
  it.each([
    ['the instance is parked', { instance: reporting('paused') }, 'instance-not-running'],
    ['the instance is another', { instance: { ...reporting('running'), memory: '16GB' } }, 'instance-changed'],
    ['the snapshot is gone', { snapshot: refusal('not-found-snapshot') }, 'snapshot-not-found'],
    ['the snapshot failed', { snapshot: { ...RESTORE_POINT, status: 'Failed' } }, 'snapshot-not-usable'],
  ])('has people asked anew when %s, with no intent and no call', async (_, answers, reason) => {
    const run = await sendOn(answers);
    expect(eventOf(run)).toMatchObject({ type: 'drifted', step: 'send-restore', reason });
    expect(run).toMatchObject({ saved: [], sent: 0 });
  });

  it.each([
    ['the instance is being deleted', { instance: reporting('destroying') }, 'instance-not-running'],
    ['the credentials are refused', { instance: refusal('credentials') }, 'aura-credentials'],
  ])('ends the restore when %s, with no intent and no call', async (_, answers, reason) => {
    const run = await sendOn(answers);
    expect(eventOf(run)).toMatchObject({ type: 'step-failed', step: 'send-restore', reason, condition: 'unchanged' });
    expect(eventOf(run)).not.toHaveProperty('attemptId');
    expect(run).toMatchObject({ saved: [], sent: 0 });
  });

  it('has people asked anew when more data would be lost than was agreed to', async () => {
    const { agreedLossMinutes } = ready.state.approval;
    const bound = Date.parse(TAKEN_AT) + (agreedLossMinutes + ready.plan.lossBoundMinutes) * 60_000;
    expect((await sendOn({}, instantOf(bound))).sent).toBe(1);
    const beyond = await sendOn({}, instantOf(bound + 1));
    expect(eventOf(beyond)).toMatchObject({ type: 'drifted', reason: 'loss-grew' });
    expect(beyond).toMatchObject({ saved: [], sent: 0 });
  });

  it('waits, with no intent, while the instance is busy or unknown', async () => {
    for (const status of ['updating', 'some word of tomorrow']) {
      const run = await sendOn({ instance: reporting(status) });
      expect(run).toMatchObject({ outcome: { kind: 'look-again' }, saved: [], sent: 0 });
    }
  });

  it.each(TROUBLES)('waits, with no intent, after %s', async (_, trouble) => {
    expect(await sendOn({ instance: trouble })).toMatchObject({ outcome: { kind: 'look-again' }, saved: [], sent: 0 });
  });
});

describe('the answer to the restore call', () => {
  it('that says yes but still "running" is watched like one that was lost', async () => {
    const run = await sendOn({ restored: { status: 'running', requestId: 'aura-restore-1' } });
    expect(run).toMatchObject({ outcome: { kind: 'look-again' }, sent: 1 });
    expect(run.saved).toContainEqual({ type: 'restore-answered', requestId: expect.any(String) });
  });

  it.each(['busy-retry-later', 'rate-limited', 'not-now', 'credentials', 'payment', 'other'] as const)(
    'that is a definite no (%s) ends the restore with the instance unchanged, and is not tried again',
    async (meaning) => {
      const run = await sendOn({ restored: refusal(meaning, 'aura-18') });
      expect(eventOf(run)).toMatchObject({
        type: 'step-failed',
        step: 'send-restore',
        reason: 'restore-refused',
        condition: 'unchanged',
        requestId: 'aura-18',
        attemptId: 'attempt-1',
      });
      expect(run.sent).toBe(1);
    },
  );

  it('that cannot come because the call never left ends the restore with the instance unchanged', async () => {
    const run = await sendOn({ restored: NEVER_LEFT });
    expect(eventOf(run)).toMatchObject({ reason: 'restore-refused', condition: 'unchanged', attemptId: 'attempt-1' });
    expect(run.sent).toBe(1);
  });

  it.each([
    ['was lost', UNREACHABLE],
    ['cannot be read', NONSENSE],
    ['is doubtful in any other way', NO_BUDGET],
  ])('that %s decides nothing: it is only looked for, and the call is not sent again', async (_, trouble) => {
    expect(await sendOn({ restored: trouble })).toMatchObject({ outcome: { kind: 'look-again' }, sent: 1 });
  });

  it('does not hide what nobody foresaw', async () => {
    await expect(sendOn({ restored: new TypeError('a bug') })).rejects.toThrow('a bug');
  });
});
