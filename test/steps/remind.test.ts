import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../src/restore/instant.ts';
import { createRemind, type LookAtAsked } from '../../src/steps/remind.ts';
import { makeRestore, NOW } from '../support/make-restore.ts';
import { APPROVER, APPROVERS_GROUP } from '../support/people.ts';
import { eventOf, runStep } from './step-run.ts';

const reminders = { afterMinutes: [10, 30], nudges: { everyMinutes: 15, most: 3 }, escalation: [] };
const waiting = makeRestore('awaiting-approval', { policy: { reminders } });
const { expiresAt } = waiting.state;
const FOUND: LookAtAsked = async () => ({ people: [APPROVER], isWhole: true });

const look = (now: string, lookAtAsked = FOUND, restore = waiting) =>
  runStep(createRemind({ lookAtAsked, calendarOf: () => undefined }), restore, now);

describe('a look at who is to be reminded', () => {
  it('asks for everybody whom the rules name, and is taken again when the next reminder is due', async () => {
    const asked: unknown[] = [];
    const run = await look(addMinutes(NOW, 10), async (rule) => {
      asked.push(rule);
      return { people: [APPROVER], isWhole: true };
    });
    expect(asked).toEqual([{ users: [APPROVER.id], groups: [APPROVERS_GROUP] }]);
    expect(run.saved).toEqual([{ type: 'reminded', asked: { people: [APPROVER], isWhole: true, holidays: [] } }]);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 20 * 60_000 });
  });

  it('is taken again in a minute while Slack does not say who is asked, and at the end at the latest', async () => {
    const away: LookAtAsked = async () => undefined;
    expect(await look(addMinutes(NOW, 10), away)).toEqual({
      saved: [],
      outcome: { kind: 'not-yet', afterMs: 60_000 },
    });
    const run = await look(addMinutes(expiresAt, -0.5), away);
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 30_000 });
  });

  it('writes nothing down while nobody is known and nothing is due', async () => {
    const run = await look(addMinutes(NOW, 10), async () => ({ people: [], isWhole: false }));
    expect(run).toEqual({ saved: [], outcome: { kind: 'not-yet', afterMs: 60_000 } });
  });

  it('never keeps a request from expiring at its time', async () => {
    expect(eventOf(await look(expiresAt))?.type).toBe('request-expired');
    const run = await look(instantOf(Date.parse(expiresAt) - 1));
    expect(eventOf(run)).toBeUndefined();
    expect(run.outcome).toEqual({ kind: 'not-yet', afterMs: 1 });
  });
});

describe('a look at whether enough people can approve, where that is not known', () => {
  const unknown = makeRestore('awaiting-approval', { draft: { unchecked: { why: 'no-answer' } } });
  const at = addMinutes(NOW, 2);

  it('keeps what it found, and comes back where people are missing', async () => {
    const enough = await look(at, FOUND, unknown);
    expect(enough.saved).toMatchObject([{ type: 'reminded', asked: { people: [APPROVER] } }]);
    expect(enough.outcome).toEqual({ kind: 'not-yet', afterMs: Date.parse(expiresAt) - Date.parse(at) });
    const nobody: LookAtAsked = async () => ({ people: [], isWhole: true });
    const short = await look(at, nobody, unknown);
    expect(short.saved).toMatchObject([{ type: 'reminded' }]);
    expect(short.outcome).toEqual({ kind: 'not-yet', afterMs: 15 * 60_000 });
  });

  it('comes back in a minute, and keeps nothing, while it still cannot be known', async () => {
    for (const silent of [async () => undefined, async () => ({ people: [], isWhole: false })])
      expect(await look(at, silent, unknown)).toEqual({ saved: [], outcome: { kind: 'not-yet', afterMs: 60_000 } });
  });

  it('keeps nothing while as many are missing as before, and reminds all the same when that is due', async () => {
    const nobody: LookAtAsked = async () => ({ people: [], isWhole: true });
    const missing = { kind: 'short', at, short: [{ name: 'approvers', needed: 1, possible: 0 }] } as const;
    const short = { ...waiting, approvability: missing };
    const quiet = await look(addMinutes(NOW, 5), nobody, short);
    expect(quiet).toEqual({ saved: [], outcome: { kind: 'not-yet', afterMs: 5 * 60_000 } });
    expect((await look(addMinutes(NOW, 10), nobody, short)).saved).toMatchObject([{ type: 'reminded' }]);
  });
});
