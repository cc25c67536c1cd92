import { describe, expect, it } from 'vitest';
import { addMinutes } from '../../../src/restore/instant.ts';
import { hashPolicy } from '../../../src/restore/policy/hash.ts';
import { owedAnnouncements } from '../../../src/restore/policy/owed-announcements.ts';
import { afterAnswer, afterRefusedAnswer, type PolicyAnswer } from '../../../src/restore/policy/policy-answer.ts';
import {
  afterAnnounced,
  afterExpiry,
  afterFile,
  auditChannelsOf,
  firstPolicy,
  isOfRules,
  type PolicyOutcome,
  type PolicyRecord,
} from '../../../src/restore/policy/policy-record.ts';
import type { InstancePolicy, Policy } from '../../../src/restore/policy.ts';
import { makePolicy, NOW } from '../../support/make-restore.ts';
import { makePerson } from '../../support/people.ts';

const OLGA = makePerson('U0OLGA', { groups: ['S0OWNERS'] });
const OTTO = makePerson('U0OTTO', { groups: ['S0OWNERS'] });
const OWNERS = { rules: [{ name: 'owners', needed: 1, users: [], groups: ['S0OWNERS'] }], denialsNeeded: 1 };
const policyOf = (...instances: readonly Partial<InstancePolicy>[]): Policy => ({
  instances: instances.map((facts) => makePolicy({ approval: OWNERS, ...facts })),
  samePeople: [],
});
const OTHER = { alias: 'stock', auraId: 'b0000000', auditChannel: 'C0OTHER' };
const TIGHT = policyOf({ requestExpiryMinutes: 60 });
const LOOSE = policyOf({ requestExpiryMinutes: 180 });
const LATER_LOSS = { lossBoundMinutes: 99 };
const NO_SCHEDULE = { schedules: {}, accounts: {}, maxAgeMs: 300_000 };
const ON_CALL: Policy = {
  ...policyOf({ approval: { rules: OWNERS.rules.map((rule) => ({ ...rule, onCall: ['nights'] })), denialsNeeded: 1 } }),
  onCall: { ...NO_SCHEDULE, schedules: { nights: 'pagerduty id P1' } },
};
const later = (minutes: number) => addMinutes(NOW, minutes);

function changed(outcome: PolicyOutcome): PolicyRecord {
  if (outcome.kind !== 'changed') throw new Error(`nothing changed: ${JSON.stringify(outcome)}`);
  return outcome.record;
}
const begun = (file: Policy, hadEarlier = false) => firstPolicy('P-1', file, { at: NOW, hadEarlier });
const withFile = (record: PolicyRecord, file: Policy, at = later(1)) => changed(afterFile(record, file, at));
const waiting = () => withFile(begun(TIGHT), LOOSE);
const openHash = ({ proposals }: PolicyRecord) =>
  proposals.findLast(({ state }) => state.status === 'open')?.hash ?? 'none is open';
const answer = (record: PolicyRecord, facts: Partial<PolicyAnswer> = {}): PolicyAnswer => ({
  kind: 'agree',
  hash: openHash(record),
  person: OLGA,
  others: [],
  at: later(2),
  ...facts,
});
const answered = (record: PolicyRecord, facts: Partial<PolicyAnswer> = {}) =>
  changed(afterAnswer(record, answer(record, facts)));
function lastTold(record: PolicyRecord) {
  const last = owedAnnouncements(record).at(-1);
  return [last?.channel, last?.entry.event];
}
const lastOf = ({ history }: PolicyRecord) => history.at(-1);

describe('the history of the rules says', () => {
  it.each([true, false])('what began, where it was told, and whether a record was lost before: %s', (hadEarlier) => {
    const file = policyOf({}, OTHER);
    const record = begun(file, hadEarlier);
    expect(record).toMatchObject({ schemaVersion: 1, id: 'P-1', version: 1, inForceSince: NOW, retired: [] });
    expect(lastOf(record)).toMatchObject({
      at: NOW,
      event: 'policy-first',
      facts: { restore: 'P-1', policy: hashPolicy(file), instances: 2, hadEarlier, channels: 'C0AUDIT C0OTHER' },
    });
  });

  it.each<[string, Policy, Policy, string, string]>([
    [
      'a setting that holds at once',
      LOOSE,
      policyOf({ requestExpiryMinutes: 60, contact: 'nobody' }),
      'orders: contact requestExpiryMinutes',
      '',
    ],
    ['settings that wait', TIGHT, LOOSE, '', 'orders: requestExpiryMinutes'],
    [
      'both in one instance, each by its weight',
      TIGHT,
      policyOf({ requestExpiryMinutes: 180, executionExpiryMinutes: 20 }),
      'orders: executionExpiryMinutes',
      'orders: requestExpiryMinutes',
    ],
    ['a new instance', TIGHT, policyOf({}, OTHER), 'stock: instance-added', ''],
    ['one that is there no more', policyOf({}, OTHER), policyOf({}), 'stock: removed', ''],
    ['several things', policyOf({}, OTHER), policyOf({ contact: 'nobody' }), 'orders: contact, stock: removed', ''],
    ['a name for another database', TIGHT, policyOf({ auraId: 'ffffffff' }), 'orders: removed', 'orders: name-reused'],
    [
      'settings of two instances that wait',
      policyOf({}, OTHER),
      policyOf(LATER_LOSS, { ...OTHER, ...LATER_LOSS }),
      '',
      'orders: lossBoundMinutes, stock: lossBoundMinutes',
    ],
    [
      'another schedule behind a name that rules use',
      ON_CALL,
      { ...ON_CALL, onCall: { ...NO_SCHEDULE, schedules: { nights: 'pagerduty id P2' } } },
      '',
      'on-call schedules and accounts',
    ],
    ['linked accounts', TIGHT, { ...TIGHT, samePeople: [['U0A', 'U0B']] }, '', 'linked accounts'],
  ])('of a file with %s what holds and what waits', (_, before, file, atOnce, wait) => {
    const entry = lastOf(withFile(begun(before), file));
    expect(entry).toMatchObject({
      event: 'policy-file',
      at: later(1),
      facts: { file: hashPolicy(file), waiting: wait },
    });
    const words = (text: unknown) => String(text).split(/[ ,]+/).sort();
    expect(words(entry?.facts.atOnce)).toEqual(words(atOnce));
  });

  it('of a file which proposals it replaced, and nothing where it replaced none', () => {
    const record = waiting();
    expect(lastOf(record)?.facts).not.toHaveProperty('replaced');
    const again = withFile(record, policyOf({ requestExpiryMinutes: 240 }), later(3));
    expect(lastOf(again)?.facts.replaced).toBe('1');
    expect(lastOf(withFile(again, policyOf({ requestExpiryMinutes: 300 }), later(4)))?.facts.replaced).toBe('2');
    const two = withFile(begun(policyOf({}, OTHER)), policyOf(LATER_LOSS, { ...OTHER, ...LATER_LOSS }));
    expect(lastOf(withFile(two, policyOf({}, OTHER), later(3)))?.facts.replaced).toBe('1, 2');
    expect(again.proposals.map(({ number, state }) => [number, state])).toEqual([
      [1, { status: 'replaced', at: later(3) }],
      [2, { status: 'open' }],
    ]);
  });

  it('of an answer what was answered, to which proposal, and what was in force then', () => {
    const record = waiting();
    const one = answered(record, { interaction: 'click-1' });
    const facts = { proposal: 1, proposalHash: openHash(record), what: 'orders: requestExpiryMinutes' };
    expect(lastOf(one)).toMatchObject({
      at: later(2),
      event: 'policy-vote-agree',
      by: OLGA.id,
      facts: { ...facts, policy: hashPolicy(TIGHT), interaction: 'click-1' },
    });
    expect(lastOf(one)?.facts).not.toHaveProperty('channels');
    const two = answered(one, { person: OTTO, others: [OLGA], at: later(5) });
    expect(lastOf(two)).toMatchObject({
      event: 'policy-agreed',
      by: OTTO.id,
      facts: { ...facts, policy: hashPolicy(LOOSE), channels: 'C0AUDIT' },
    });
    expect(lastOf(two)?.facts).not.toHaveProperty('interaction');
    expect(two.proposals[0]?.state).toEqual({ status: 'agreed', at: later(5) });
    expect(lastTold(two)).toEqual(['C0AUDIT', 'policy-agreed']);
  });

  it('of a refusal who refused, and that what was in force still is', () => {
    const refused = answered(waiting(), { kind: 'refuse', at: later(5) });
    expect(lastOf(refused)).toMatchObject({
      event: 'policy-refused',
      by: OLGA.id,
      facts: { policy: hashPolicy(TIGHT), channels: 'C0AUDIT' },
    });
    expect(refused.proposals[0]?.state).toEqual({ status: 'refused', at: later(5), by: OLGA.id });
    expect(lastTold(refused)).toEqual(['C0AUDIT', 'policy-refused']);
  });

  it('of what expired, all at once', () => {
    const two = withFile(
      begun(policyOf({}, OTHER)),
      policyOf(...[{}, OTHER].map((one) => ({ ...one, lossBoundMinutes: 99 }))),
    );
    const over = changed(afterExpiry(two, later(2 * 24 * 60)));
    expect(lastOf(over)).toMatchObject({
      event: 'policy-expired',
      facts: {
        proposal: '1, 2',
        what: 'orders: lossBoundMinutes, stock: lossBoundMinutes',
        policy: hashPolicy(two.inForce),
        channels: 'C0AUDIT C0OTHER',
      },
    });
  });

  it('of an announcement where it stands, or why nowhere', () => {
    const said = changed(
      afterAnnounced(waiting(), 'k1', { status: 'posted', channel: 'C0AUDIT', ts: '1.1', at: later(3) }),
    );
    expect(lastOf(said)).toMatchObject({ event: 'message-settled', at: later(3), facts: { message: 'k1', ts: '1.1' } });
    const never = { status: 'undeliverable', why: 'channel_not_found', at: later(4) } as const;
    const unsaid = changed(afterAnnounced(said, 'k2', never));
    expect(lastOf(unsaid)).toMatchObject({ facts: { message: 'k2', undeliverable: 'channel_not_found' } });
    expect(Object.keys(unsaid.deliveries)).toEqual(['k1', 'k2']);
  });

  it('of refused answers who, what and why, five times of each person, answer and reason', () => {
    const refusing = (
      record: PolicyRecord,
      { person = OLGA, kind = 'refuse' }: Partial<Pick<PolicyAnswer, 'person' | 'kind'>> = {},
      reason: 'not-bound' | 'guest' = 'not-bound',
    ) => afterRefusedAnswer(record, answer(record, { person, kind }), { reason });
    let record = waiting();
    for (let time = 0; time < 5; time++) record = changed(refusing(record));
    expect(lastOf(record)).toMatchObject({
      event: 'attempt-refused',
      by: OLGA.id,
      at: later(2),
      facts: { attempt: 'refuse', reason: 'not-bound' },
    });
    expect(refusing(record)).toEqual({ kind: 'refused', refusal: { reason: 'not-bound' } });
    expect(refusing(record, { person: OTTO }).kind).toBe('changed');
    expect(refusing(record, { kind: 'agree' }).kind).toBe('changed');
    expect(refusing(record, {}, 'guest').kind).toBe('changed');
  });

  it('of a click that was refused once, however often it is delivered, and judges it anew each time', () => {
    const click = (record: PolicyRecord) => ({ ...answer(record, { person: OLGA }), interaction: 'click-1' });
    const refused = changed(afterRefusedAnswer(waiting(), click(waiting()), { reason: 'not-bound' }));
    expect(lastOf(refused)?.facts).toMatchObject({ interaction: 'click-1' });
    expect(afterRefusedAnswer(refused, click(refused), { reason: 'not-bound' })).toEqual({ kind: 'unchanged' });
    expect(afterAnswer(refused, click(refused)).kind).toBe('changed');
  });
});

describe('the record of the rules', () => {
  it('knows since when what is in force is in force: not since a file that changed nothing of it', () => {
    expect(waiting().inForceSince).toBe(NOW);
    expect(withFile(begun(LOOSE), TIGHT).inForceSince).toBe(later(1));
    const agreed = answered(answered(waiting()), { person: OTTO, others: [OLGA], at: later(7) });
    expect(agreed.inForceSince).toBe(later(7));
  });

  it('keeps instances that were taken out as they were last, and forgets them once they are back', () => {
    const both = policyOf({ contact: 'one' }, OTHER);
    const without = withFile(begun(both), policyOf(OTHER));
    expect(without.retired.map(({ alias, contact }) => [alias, contact])).toEqual([['orders', 'one']]);
    const none = withFile(without, { instances: [], samePeople: [] }, later(2));
    expect(none.retired.map(({ alias }) => alias).sort()).toEqual(['orders', 'stock']);
    const back = withFile(none, policyOf({ contact: 'two' }, OTHER), later(3));
    expect(back.retired).toEqual([]);
    const again = withFile(back, policyOf(OTHER), later(4));
    expect(again.retired.map(({ contact }) => contact)).toEqual(['two']);
  });

  it('keeps every open proposal and the latest twenty that were decided', () => {
    let record = begun(TIGHT);
    for (let step = 1; step <= 25; step++) {
      record = withFile(record, policyOf({ requestExpiryMinutes: 60 + step }), later(step));
    }
    expect(record.proposals.map(({ number }) => number)).toEqual(Array.from({ length: 21 }, (_, index) => index + 5));
    expect(record.proposals.at(-1)?.state.status).toBe('open');
    const expiring = (minutes: number) => ({ requestExpiryMinutes: minutes });
    let both = begun(policyOf({}, OTHER));
    for (let step = 1; step <= 25; step++) {
      const stock = step < 10 ? OTHER : { ...OTHER, ...LATER_LOSS };
      both = withFile(both, policyOf(expiring(60 + step), stock), later(step));
    }
    const statuses = both.proposals.map(({ state }) => state.status);
    expect(statuses.filter((status) => status === 'open')).toHaveLength(2);
    expect(statuses.filter((status) => status === 'replaced')).toHaveLength(20);
  });

  it('numbers proposals on, one for each change', () => {
    const two = withFile(begun(policyOf({}, OTHER)), policyOf(LATER_LOSS, { ...OTHER, ...LATER_LOSS }));
    expect(two.proposals.map(({ number }) => number)).toEqual([1, 2]);
    const third = withFile(two, policyOf(LATER_LOSS, { ...OTHER, lossBoundMinutes: 100 }), later(2));
    expect(lastOf(third)?.facts.replaced).toBe('2');
    expect(third.proposals.map(({ number, state: { status } }) => [number, status])).toEqual([
      [1, 'open'],
      [2, 'replaced'],
      [4, 'open'],
    ]);
  });

  it('leaves a refusal standing whoever is read again, and takes a yes for what its person may now', () => {
    const rules = [
      { name: 'owners', needed: 1, users: [], groups: ['S0OWNERS'] },
      { name: 'service', needed: 1, users: [], groups: ['S0SERVICE'] },
    ];
    const approval = { rules, denialsNeeded: 2 };
    const record = withFile(begun(policyOf({ approval })), policyOf({ approval, lossBoundMinutes: 99 }));
    const no = answered(record, { kind: 'refuse', person: OLGA });
    const gone = { ...OLGA, isActive: false };
    const kept = answered(no, { person: OTTO, others: [gone] });
    expect(kept.proposals[0]?.votes.map(({ by, kind }) => [by, kind])).toEqual([
      [OLGA.id, 'refuse'],
      [OTTO.id, 'agree'],
    ]);
    const yes = answered(record, { person: OLGA });
    const moved = answered(yes, { person: OTTO, others: [{ ...OLGA, groups: ['S0SERVICE'] }] });
    expect(moved.proposals[0]?.votes.map(({ countsFor }) => countsFor)).toEqual([
      ['a1b2c3d4/service'],
      ['a1b2c3d4/owners'],
    ]);
    expect(moved.proposals[0]?.state.status).toBe('agreed');
  });

  describe('with three people who must agree', () => {
    const ODA = makePerson('U0ODA', { groups: ['S0OWNERS'] });
    const approval = { rules: OWNERS.rules.map((rule) => ({ ...rule, needed: 3 })), denialsNeeded: 2 };
    const strict = policyOf({ approval }, { approval, ...OTHER });
    const asked = () => withFile(begun(strict), policyOf({ approval, ...LATER_LOSS }, { approval, ...OTHER }));
    const unread = (id: string) => ({ kind: 'unreadable', id }) as const;
    const votersOf = ({ proposals }: PolicyRecord) => proposals[0]?.votes.map(({ by }) => by);

    it('leaves a proposal as it was, but for the vote, until it is decided', () => {
      const [before] = asked().proposals;
      const [after] = answered(asked()).proposals;
      expect(after).toStrictEqual({ ...before, votes: [expect.objectContaining({ by: OLGA.id, kind: 'agree' })] });
    });

    it('counts an answer that decides nothing, though Slack does not say who the others are', () => {
      const one = answered(asked());
      expect(votersOf(answered(one, { person: OTTO, others: [unread(OLGA.id)] }))).toEqual([OLGA.id, OTTO.id]);
      const no = answered(one, { kind: 'refuse', person: OTTO, others: [unread(OLGA.id)] });
      const over = answered(no, { kind: 'refuse', person: ODA, others: [unread(OLGA.id), OTTO] });
      expect(over.proposals[0]?.state.status).toBe('refused');
    });

    it('counts no answer that decides while any of the others is unread', () => {
      const two = answered(answered(asked()), { person: OTTO, others: [OLGA] });
      const outcome = afterAnswer(two, answer(two, { person: ODA, others: [OLGA, unread(OTTO.id)] }));
      expect(outcome).toEqual({ kind: 'refused', refusal: { reason: 'others-unreadable' } });
    });

    it('lets fall the yes of whoever left, and of nobody else', () => {
      const two = answered(answered(asked()), { person: OTTO, others: [OLGA] });
      const left = { ...OTTO, isActive: false };
      expect(votersOf(answered(two, { person: ODA, others: [left, OLGA] }))).toEqual([OLGA.id, ODA.id]);
      expect(votersOf(answered(two, { person: ODA, others: [] }))).toEqual([OLGA.id, OTTO.id, ODA.id]);
    });

    it('takes an answer for the one proposal that it is about', () => {
      const loose = [
        { approval, ...LATER_LOSS },
        { approval, ...OTHER, ...LATER_LOSS },
      ];
      const record = withFile(begun(strict), policyOf(...loose));
      const [first, second] = record.proposals;
      const after = answered(record, { hash: second?.hash ?? '' });
      expect(after.proposals[0]).toEqual(first);
      expect(after.proposals[1]?.votes).toHaveLength(1);
    });
  });

  it('of an earlier answer says which it was and when', () => {
    const one = answered(waiting());
    expect(afterAnswer(one, answer(one, { kind: 'refuse', at: later(9) }))).toEqual({
      kind: 'refused',
      refusal: { reason: 'answered-already', kind: 'agree', at: later(2) },
    });
  });

  it('of a decided proposal says how and when it was decided', () => {
    const refused = answered(waiting(), { kind: 'refuse', at: later(5) });
    const hash = waiting().proposals[0]?.hash ?? '';
    expect(afterAnswer(refused, answer(refused, { hash, person: OTTO, at: later(6) }))).toEqual({
      kind: 'refused',
      refusal: { reason: 'proposal-decided', status: 'refused', at: later(5) },
    });
  });

  it('is spoken of in each audit channel once, and known by its id', () => {
    expect(auditChannelsOf(policyOf({}, OTHER, { alias: 'c', auraId: 'c0' }))).toEqual(['C0AUDIT', 'C0OTHER']);
    expect(['P-1', 'R-1', 'E-1', 'XP-1'].map(isOfRules)).toEqual([true, false, false, false]);
  });
});
