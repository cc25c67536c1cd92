import { describe, expect, it } from 'vitest';
import { firstBrokenEntry } from '../../../src/restore/history.ts';
import { hashPolicy } from '../../../src/restore/policy/hash.ts';
import { owedAnnouncements } from '../../../src/restore/policy/owed-announcements.ts';
import { afterAnswer, afterRefusedAnswer, type PolicyAnswer } from '../../../src/restore/policy/policy-answer.ts';
import {
  afterAnnounced,
  afterFile,
  firstPolicy,
  type PolicyOutcome,
  type PolicyRecord,
} from '../../../src/restore/policy/policy-record.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import type { ApprovalTerms } from '../../../src/restore/terms.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { DEACTIVATED, GUEST, makePerson } from '../../support/people.ts';

const OWNERS: ApprovalTerms = {
  rules: [{ name: 'owners', needed: 1, users: [], groups: ['S0OWNERS'] }],
  denialsNeeded: 1,
};
const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OTTO = makePerson('U0OTTO', { groups: ['S0OWNERS'] });
const OLGA2 = makePerson('U0OLGA2', { groups: ['S0OWNERS'] });
const BEA = makePerson('U0BEA');

const policyOf = (...instances: readonly Partial<InstancePolicy>[]): Policy => ({
  instances: instances.map((facts) => makePolicy({ approval: OWNERS, ...facts })),
  samePeople: [['U0OLGA', 'U0OLGA2']],
});
const TIGHT = policyOf({ requestExpiryMinutes: 60 });
const LOOSE = policyOf({ requestExpiryMinutes: 180 });

function changed(outcome: PolicyOutcome): PolicyRecord {
  if (outcome.kind !== 'changed') throw new Error(`nothing changed: ${JSON.stringify(outcome)}`);
  return outcome.record;
}
const begun = (file: Policy) => firstPolicy('P-1', file, { at: NOW, hadEarlier: false });
const withFile = (record: PolicyRecord, file: Policy) => changed(afterFile(record, file, NOW));
const waiting = withFile(begun(TIGHT), LOOSE);

function answer(record: PolicyRecord, facts: Partial<PolicyAnswer> = {}): PolicyAnswer {
  const hash = record.proposals.findLast(({ state }) => state.status === 'open')?.hash ?? '';
  return { kind: 'agree', hash, person: OLGA, others: [], at: NOW, ...facts };
}
const answered = (record: PolicyRecord, facts: Partial<PolicyAnswer> = {}) =>
  changed(afterAnswer(record, answer(record, facts)));
function refusalOf(record: PolicyRecord, facts: Partial<PolicyAnswer>): string {
  const outcome = afterAnswer(record, answer(record, facts));
  return outcome.kind === 'refused' ? outcome.refusal.reason : outcome.kind;
}
const expiryIn = ({ inForce }: PolicyRecord) => inForce.instances[0]?.requestExpiryMinutes;
const statuses = ({ proposals }: PolicyRecord) => proposals.map(({ state }) => state.status);

describe('the first file', () => {
  it('is in force, is told in the audit channel, and given again changes nothing', () => {
    const record = begun(TIGHT);
    expect(hashPolicy(record.inForce)).toBe(hashPolicy(TIGHT));
    expect(owedAnnouncements(record).map(({ channel, entry }) => [channel, entry.event])).toEqual([
      ['C0AUDIT', 'policy-first'],
    ]);
    expect(afterFile(record, TIGHT, NOW)).toEqual({ kind: 'unchanged' });
  });
});

describe('a looser file', () => {
  it('leaves in force what was, and proposes the difference to those whom the rule names', () => {
    expect(expiryIn(waiting)).toBe(60);
    expect(waiting.proposals).toMatchObject([{ number: 1, state: { status: 'open' }, channels: ['C0APPROVALS'] }]);
    expect(refusalOf(waiting, { person: BEA })).toBe('not-bound');
    expect(refusalOf(waiting, { person: { kind: 'unreadable', id: OLGA.id } })).toBe('identity-unreadable');
    expect(refusalOf(waiting, { person: { ...GUEST, groups: ['S0OWNERS'] } })).toBe('guest');
    expect(refusalOf(waiting, { person: { ...DEACTIVATED, groups: ['S0OWNERS'] } })).toBe('deactivated');
    expect(refusalOf(waiting, { hash: 'f'.repeat(64) })).toBe('proposal-unknown');
  });

  it('is in force when two humans agreed, although the rule needs one; accounts of one human are one', () => {
    const one = answered(waiting);
    expect(expiryIn(one)).toBe(60);
    expect(refusalOf(one, {})).toBe('answered-already');
    expect(refusalOf(one, { person: OLGA2 })).toBe('answered-already');
    const two = answered(one, { person: OTTO, others: [OLGA] });
    expect(hashPolicy(two.inForce)).toBe(hashPolicy(LOOSE));
    expect(statuses(two)).toEqual(['agreed']);
    expect(two.history.at(-1)).toMatchObject({
      event: 'policy-agreed',
      by: OTTO.id,
      facts: { policy: hashPolicy(LOOSE) },
    });
    expect(firstBrokenEntry(two.history)).toBeUndefined();
    expect(refusalOf(two, { hash: waiting.proposals[0]?.hash ?? '', person: OTTO })).toBe('proposal-decided');
  });

  it('waits on when who agreed before has left meanwhile, or Slack does not say', () => {
    const one = answered(waiting);
    const gone = { ...OLGA, isActive: false };
    expect(expiryIn(answered(one, { person: OTTO, others: [gone] }))).toBe(60);
    expect(expiryIn(answered(one, { person: OTTO, others: [{ ...OLGA, groups: [] }] }))).toBe(60);
    expect(refusalOf(one, { person: OTTO, others: [{ kind: 'unreadable', id: OLGA.id }] })).toBe('others-unreadable');
  });

  it('is over with one refusal, and the same file does not ask again', () => {
    const refused = answered(answered(waiting), { kind: 'refuse', person: OTTO, others: [OLGA] });
    expect(statuses(refused)).toEqual(['refused']);
    expect(afterFile(refused, LOOSE, NOW)).toEqual({ kind: 'unchanged' });
    expect(statuses(withFile(withFile(refused, TIGHT), LOOSE))).toEqual(['refused', 'open']);
  });

  it('is judged by the rules in force before it, not by those it brings', () => {
    const captured = policyOf({
      approval: { rules: [{ name: 'owners', needed: 1, users: ['U0BEA', 'U0EVE'], groups: [] }], denialsNeeded: 1 },
    });
    const record = withFile(begun(TIGHT), captured);
    expect(refusalOf(record, { person: BEA })).toBe('not-bound');
    expect(answered(answered(record), { person: OTTO, others: [OLGA] }).inForce).toEqual(captured);
  });

  it('counts one click once', () => {
    const one = answered(waiting, { interaction: 'click-1' });
    expect(afterAnswer(one, answer(one, { interaction: 'click-1' }))).toEqual({ kind: 'unchanged' });
  });

  it('that is changed again falls with its answers; what it proposes alike stays', () => {
    const first = answered(waiting);
    const other = withFile(first, policyOf({ requestExpiryMinutes: 240 }));
    expect(statuses(other)).toEqual(['replaced', 'open']);
    expect(other.proposals[1]?.votes).toEqual([]);
    const unrelated = withFile(first, {
      ...LOOSE,
      instances: [...LOOSE.instances, makePolicy({ alias: 'new', auraId: 'n0000000' })],
    });
    expect(statuses(unrelated)).toEqual(['open']);
    expect(unrelated.proposals[0]?.votes).toHaveLength(1);
    expect(statuses(withFile(first, TIGHT))).toEqual(['replaced']);
  });
});

describe('what would slip past', () => {
  it('a new name for a database that has rules keeps its rules', () => {
    const record = withFile(begun(TIGHT), policyOf({ alias: 'harmless', requestExpiryMinutes: 180 }));
    expect(record.inForce.instances).toMatchObject([{ alias: 'orders', requestExpiryMinutes: 60 }]);
    expect(statuses(record)).toEqual(['open']);
  });

  it('a known name for another database is no database until the people of that name agreed', () => {
    const record = withFile(begun(TIGHT), policyOf({ auraId: 'ffffffff' }));
    expect(record.inForce.instances).toEqual([]);
    expect(record.proposals[0]?.change.kind).toBe('name-reused');
    expect(refusalOf(record, { person: BEA })).toBe('not-bound');
  });

  it('a database that is taken out and comes back looser has the rules it had', () => {
    const without = withFile(
      begun(policyOf({}, { alias: 'other', auraId: 'b0000000' })),
      policyOf({ alias: 'other', auraId: 'b0000000' }),
    );
    expect(without.inForce.instances).toHaveLength(1);
    const back = withFile(without, policyOf({ requestExpiryMinutes: 180 }, { alias: 'other', auraId: 'b0000000' }));
    expect(back.inForce.instances.find(({ alias }) => alias === 'orders')?.requestExpiryMinutes).toBe(60);
    expect(statuses(back)).toEqual(['open']);
  });

  it('a database that nobody had rules for is there at once', () => {
    const record = withFile(begun(TIGHT), {
      ...TIGHT,
      instances: [...TIGHT.instances, makePolicy({ alias: 'new', auraId: 'n0000000' })],
    });
    expect(record.inForce.instances).toHaveLength(2);
    expect(record.proposals).toEqual([]);
  });

  it('accounts that are linked no more still count as one human, and new ones do so at once but do not act for each other', () => {
    const unlinked = withFile(begun(TIGHT), { ...TIGHT, samePeople: [] });
    expect(unlinked.inForce.samePeople).toEqual([['U0OLGA', 'U0OLGA2']]);
    const linked = withFile(begun(TIGHT), {
      ...TIGHT,
      samePeople: [
        ['U0OLGA', 'U0OLGA2'],
        ['U0OTTO', 'U0EVE'],
      ],
    });
    expect(linked.inForce.samePeople).toContainEqual(['U0OTTO', 'U0EVE']);
    expect(linked.inForce.mayActFor).toEqual([['U0OLGA', 'U0OLGA2']]);
    expect(statuses(linked)).toEqual(['open']);
  });

  it('another schedule behind a name, or another account behind an address, waits where rules name who is on call', () => {
    const nights = {
      rules: [{ name: 'owners', needed: 1, users: [], groups: ['S0OWNERS'], onCall: ['nights'] }],
      denialsNeeded: 1,
    };
    const before: Policy = {
      ...policyOf({ approval: nights }),
      onCall: { schedules: { nights: 'pagerduty id P1' }, accounts: { 'a@b.example': 'U0ANN' }, maxAgeMs: 300_000 },
    };
    const after = {
      schedules: { nights: 'pagerduty id P2' },
      accounts: { 'a@b.example': 'U0EVE', 'c@d.example': 'U0EVE' },
      maxAgeMs: 900_000,
    };
    const record = withFile(begun(before), { ...before, onCall: after });
    expect(record.inForce.onCall).toEqual(before.onCall);
    expect(record.proposals.map(({ change }) => change.kind)).toEqual(['on-call']);
    expect(answered(answered(record), { person: OTTO, others: [OLGA] }).inForce.onCall).toEqual(after);
    const unused = withFile(begun({ ...before, instances: TIGHT.instances }), {
      ...before,
      instances: TIGHT.instances,
      onCall: after,
    });
    expect(unused.inForce.onCall).toEqual(after);
  });

  it('a schedule whose change waits does not slip in with the next file', () => {
    const nights = {
      rules: [{ name: 'owners', needed: 1, users: [], groups: ['S0OWNERS'], onCall: ['nights'] }],
      denialsNeeded: 1,
    };
    const base = policyOf({ approval: nights });
    const none = { accounts: {}, maxAgeMs: 300_000 };
    const file = (target: string, contact: string): Policy => ({
      ...policyOf({ approval: nights, contact }),
      onCall: { ...none, schedules: { nights: target } },
    });
    let record = withFile(begun(base), file('pagerduty id P2', 'one'));
    expect(record.inForce.onCall?.schedules).toEqual({});
    record = withFile(record, file('pagerduty id P2', 'two'));
    expect(record.inForce.onCall?.schedules).toEqual({});
    expect(statuses(record)).toEqual(['replaced', 'open']);
  });

  it('an older file that a process brings back does not loosen what a newer one tightened', () => {
    const tightened = withFile(begun(LOOSE), TIGHT);
    expect(expiryIn(tightened)).toBe(60);
    const back = withFile(tightened, LOOSE);
    expect(expiryIn(back)).toBe(60);
    expect(statuses(back)).toEqual(['open']);
  });
});

describe('the history', () => {
  it('keeps the first few refused answers of a person, and each announcement once', () => {
    let record = waiting;
    for (let attempt = 0; attempt < 7; attempt++) {
      const outcome = afterRefusedAnswer(record, answer(record, { person: BEA }), { reason: 'not-bound' });
      if (outcome.kind === 'changed') record = outcome.record;
    }
    const kept = record.history.filter(({ event }) => event === 'attempt-refused');
    expect(kept.map(({ facts }) => facts.furtherKept)).toEqual([undefined, undefined, undefined, undefined, 'apart']);
    const [owed] = owedAnnouncements(record);
    const posted = { status: 'posted', channel: 'C0AUDIT', ts: '1.1', at: NOW } as const;
    const told = changed(afterAnnounced(record, owed?.key ?? '', posted));
    expect(owedAnnouncements(told).map(({ entry }) => entry.event)).toEqual(['policy-file']);
    expect(afterAnnounced(told, owed?.key ?? '', posted)).toEqual({ kind: 'unchanged' });
    expect(firstBrokenEntry(told.history)).toBeUndefined();
    expect(told.version).toBe(told.history.length);
  });
});
