import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinutes, instantOf } from '../../../src/restore/instant.ts';
import type { Instant } from '../../../src/restore/names.ts';
import { owedAnnouncements } from '../../../src/restore/policy/owed-announcements.ts';
import { afterAnswer } from '../../../src/restore/policy/policy-answer.ts';
import {
  afterExpiry,
  afterFile,
  firstPolicy,
  type PolicyOutcome,
  type PolicyRecord,
} from '../../../src/restore/policy/policy-record.ts';
import { expiryOf } from '../../../src/restore/policy/proposal.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

/** The first two are one human. */
const OWNERS = ['U0OLGA', 'U0OLGA2', 'U0OTTO', 'U0ODA'].map((id) => makePerson(id, { groups: ['S0OWNERS'] }));
const [OLGA, OLGA2, OTTO] = OWNERS;
const DAY = 24 * 60;
const later = (minutes: number) => addMinutes(NOW, minutes);
const END = later(DAY);

const policyOf = (facts: Partial<InstancePolicy>, needed = 1): Policy => ({
  instances: [
    makePolicy({
      approval: { rules: [{ name: 'owners', needed, users: [], groups: ['S0OWNERS'] }], denialsNeeded: 1 },
      ...facts,
    }),
  ],
  samePeople: [['U0OLGA', 'U0OLGA2']],
});
const LOOSE = { requestExpiryMinutes: 180 };

function changed(outcome: PolicyOutcome): PolicyRecord {
  if (outcome.kind !== 'changed') throw new Error(`nothing changed: ${JSON.stringify(outcome)}`);
  return outcome.record;
}
const waitingFor = (needed = 1) =>
  changed(
    afterFile(firstPolicy('P-1', policyOf({}, needed), { at: NOW, hadEarlier: false }), policyOf(LOOSE, needed), NOW),
  );
const waiting = waitingFor();
const hash = waiting.proposals[0]?.hash ?? '';
const yes = (record: PolicyRecord, person: (typeof OWNERS)[number] | undefined, at: Instant) =>
  afterAnswer(record, { kind: 'agree', hash, person: person ?? makePerson('U0NOBODY'), others: OWNERS, at });
const statuses = ({ proposals }: PolicyRecord) => proposals.map(({ state }) => state.status);
const isInForce = ({ inForce }: PolicyRecord) => inForce.instances[0]?.requestExpiryMinutes === 180;

describe('a looser rule that waits for answers', () => {
  it('waits for a day, also one of an earlier release, which does not say until when', () => {
    expect(waiting.proposals[0]?.expiresAt).toBe(END);
    expect(expiryOf({ at: NOW })).toBe(END);
  });

  it('counts the last answer a moment before its end, and none from then on', () => {
    const one = changed(yes(waiting, OLGA, later(1)));
    expect(isInForce(changed(yes(one, OTTO, instantOf(Date.parse(END) - 1))))).toBe(true);
    expect(yes(one, OTTO, END)).toEqual({
      kind: 'refused',
      refusal: { reason: 'proposal-decided', status: 'expired', at: END },
    });
  });

  it('expires at its end, which the audit channel hears, and what is in force stays', () => {
    expect(afterExpiry(waiting, instantOf(Date.parse(END) - 1))).toEqual({ kind: 'unchanged' });
    const over = changed(afterExpiry(waiting, later(DAY + 5)));
    expect(over.proposals[0]?.state).toEqual({ status: 'expired', at: END });
    expect(isInForce(over)).toBe(false);
    expect(owedAnnouncements(over).map(({ entry }) => entry.event)).toContain('policy-expired');
    expect(afterExpiry(over, later(DAY + 6))).toEqual({ kind: 'unchanged' });
  });

  it('is proposed anew by the next start with the same file, and nobody has answered the new one', () => {
    const over = changed(afterExpiry(changed(yes(waiting, OLGA, later(1))), END));
    const again = changed(afterFile(over, policyOf(LOOSE), later(DAY + 60)));
    expect(statuses(again)).toEqual(['expired', 'open']);
    expect(again.proposals[1]).toMatchObject({ number: 2, votes: [], expiresAt: later(2 * DAY + 60) });
    expect(isInForce(changed(yes(again, OTTO, later(DAY + 61))))).toBe(false);
    expect(afterFile(again, policyOf(LOOSE), later(DAY + 62))).toEqual({ kind: 'unchanged' });
  });

  it('is proposed anew also where nobody had noticed yet that it expired', () => {
    const other = policyOf({ ...LOOSE, executionExpiryMinutes: 20 });
    const tighter = changed(afterFile(waiting, other, later(DAY + 1)));
    expect(tighter.proposals.at(-1)).toMatchObject({ votes: [], state: { status: 'open' } });
    expect(tighter.proposals.at(-1)?.number).toBeGreaterThan(1);
  });

  it('is never agreed to by fewer than two humans or after its end, in whatever order they answer', () => {
    const answers = fc.array(fc.record({ who: fc.nat(3), minute: fc.nat(2 * DAY) }), { maxLength: 8 });
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 3 }), (all, needed) => {
        const inTime = all.filter(({ minute }) => minute < DAY);
        const humans = new Set(inTime.map(({ who }) => (who === 1 ? 0 : who)));
        const play = (course: typeof all) =>
          course.reduce((record, { who, minute }) => {
            const proposed = record.proposals.at(-1)?.hash ?? '';
            const person = OWNERS[who] ?? makePerson('U0NOBODY');
            const at = later(minute);
            const outcome = afterAnswer(record, { kind: 'agree', hash: proposed, person, others: OWNERS, at });
            return outcome.kind === 'changed' ? outcome.record : record;
          }, waitingFor(needed));
        const end = play(all);
        expect(isInForce(end)).toBe(humans.size >= Math.max(2, needed));
        expect(statuses(play([...all].reverse()))).toEqual(statuses(end));
      }),
    );
  });

  it('counts two accounts of one human once', () => {
    const one = changed(yes(waiting, OLGA, later(1)));
    expect(yes(one, OLGA2, later(2))).toMatchObject({ refusal: { reason: 'answered-already' } });
  });
});
