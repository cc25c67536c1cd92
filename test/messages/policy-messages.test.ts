import { describe, expect, it } from 'vitest';
import { policyAnnouncement } from '../../messages/policy/announcement.ts';
import { proposalCard } from '../../messages/policy/proposal-card.ts';
import { policyRefusalText } from '../../messages/policy/refusal.ts';
import { isJson, validateMessage } from '../../playground/slack/block-kit-rules.ts';
import { ENGLISH_READER } from '../../src/restore/language.ts';
import { comparePolicies, loosens } from '../../src/restore/policy/policy-change.ts';
import type { PolicyRefusal } from '../../src/restore/policy/policy-refusal.ts';
import { type Proposal, proposalOf } from '../../src/restore/policy/proposal.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { makePolicy, NOW } from '../support/make-restore.ts';
import { withoutDialogs } from '../support/rules-messages.ts';

const HOSTILE = '<!channel> & <https://evil.example> '.repeat(8);
const BEFORE = makePolicy({
  requesters: { users: ['U1'], groups: [], onCall: ['nights'] },
  requiredFields: ['ticket'],
  calendar: {
    windows: [{ days: ['mon'], from: '22:00', to: '23:00', zone: 'UTC' }],
    freezes: [{ name: HOSTILE, yearDays: { first: '12-20', last: '01-02' }, zone: 'UTC' }],
  },
});
const AFTER: InstancePolicy = {
  ...makePolicy({
    alias: 'harmless',
    environment: 'development',
    approval: {
      rules: [{ name: HOSTILE, needed: 1, users: ['U9'], groups: ['S9'], onCall: ['nights'] }],
      denialsNeeded: 3,
    },
    approvalsChannel: 'C0NEW',
    auditChannel: 'C0NEWAUDIT',
    noticeLeadMinutes: 0,
    requestExpiryMinutes: 600,
    executionExpiryMinutes: 600,
    lossBoundMinutes: 600,
    overrideApprovers: { users: ['U9'], groups: [] },
  }),
};
const onCall = (target: string) => ({
  schedules: { nights: target },
  accounts: { 'a@b.example': target },
  maxAgeMs: 1,
});
const IN_FORCE: Policy = {
  instances: [BEFORE, makePolicy({ alias: 'named', auraId: 'c0000000' })],
  samePeople: [],
  onCall: onCall('U1'),
};
const FILE: Policy = {
  instances: [AFTER, makePolicy({ alias: 'named', auraId: 'd0000000' })],
  samePeople: [['U1', 'U2']],
  onCall: onCall('U2'),
};
const OPEN: readonly Proposal[] = comparePolicies({ inForce: IN_FORCE, retired: [] }, FILE, NOW)
  .changes.filter(loosens)
  .map((change, index) => proposalOf(change, IN_FORCE, { number: index + 1, at: NOW }));
const VOTES: Proposal['votes'] = [
  { by: 'U1', at: NOW, kind: 'agree', countsFor: ['a1b2c3d4/approvers'] },
  { by: 'U2', at: NOW, kind: 'refuse', countsFor: [] },
];
const STATES: readonly Proposal['state'][] = [
  { status: 'open' },
  { status: 'agreed', at: NOW },
  { status: 'replaced', at: NOW },
  { status: 'expired', at: NOW },
  { status: 'refused', at: NOW, by: 'U2' },
];
const CARDS = OPEN.flatMap((one) =>
  STATES.map((state) => ({
    name: `${one.change.kind}, ${state.status}`,
    card: proposalCard({ ...one, state, votes: VOTES }, [], ENGLISH_READER),
  })),
);
const EVENTS = ['policy-first', 'policy-file', 'policy-agreed', 'policy-refused', 'policy-expired'].flatMap((event) =>
  [true, false].map((flag) => {
    const facts = {
      policy: 'a'.repeat(64),
      instances: 2,
      hadEarlier: flag,
      what: HOSTILE,
      proposal: 1,
      ...(flag ? { waiting: HOSTILE } : {}),
    };
    const entry = { seq: 1, at: NOW, event, by: 'U1', facts, previous: '', hash: '' };
    return { name: `${event} ${flag}`, card: policyAnnouncement(entry, ENGLISH_READER) };
  }),
);

describe('what is said of the rules', () => {
  it.each([...CARDS, ...EVENTS])('$name: keeps to the limits, and is complete without seeing it', ({ name, card }) => {
    if (!isJson(card)) throw new Error('no payload');
    expect(validateMessage(card)).toEqual([]);
    expect(accessibilityFaults({ name, kind: 'message', payload: withoutDialogs(card) })).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/<!channel>|<https:\/\/evil/);
  });

  it('shows every setting that would be looser, also where they do not fit into one section', () => {
    const people = (mark: string) => ({
      users: Array.from({ length: 12 }, (_, index) => `U${mark}${index}`),
      groups: [],
    });
    const rulesOf = (needed: number) =>
      Array.from({ length: 11 }, (_, index) => ({ name: `rule ${index}`, needed, ...people(`R${index}`) }));
    const before = makePolicy({
      approval: { rules: rulesOf(2), denialsNeeded: 1 },
      requesters: people('OLD'),
      overrideApprovers: people('OLD'),
    });
    const after = makePolicy({
      approval: { rules: rulesOf(1), denialsNeeded: 1 },
      requesters: people('REQ'),
      overrideApprovers: people('OVR'),
      requestExpiryMinutes: 600,
    });
    const rules = { ...IN_FORCE, instances: [before] };
    const [change] = comparePolicies({ inForce: rules, retired: [] }, { ...rules, instances: [after] }, NOW).changes;
    if (!change) throw new Error('nothing is looser');
    const card = proposalCard(proposalOf(change, rules, { number: 1, at: NOW }), [], ENGLISH_READER);
    const shown = card.blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '') : []));
    for (const text of shown) expect(text).not.toMatch(/…$/);
    for (const last of ['UR1011', 'UREQ11', 'UOVR11', 'then 10 h']) expect(shown.join()).toContain(last);
    expect(validateMessage(JSON.parse(JSON.stringify(card)))).toEqual([]);
  });

  it('says each looser setting as it is and as it would be', () => {
    const words = JSON.stringify(CARDS.filter(({ name }) => name === 'settings, open'));
    for (const part of [
      'now orders; then harmless',
      'now production; then development',
      'every full member',
      'window mon 22:00',
      'then 10 h',
      '#C0NEWAUDIT',
    ])
      expect(words).toContain(part);
    expect(OPEN.map(({ change }) => change.kind).sort()).toEqual(['links', 'name-reused', 'on-call', 'settings']);
  });

  it.each<PolicyRefusal>([
    { reason: 'not-bound' },
    { reason: 'proposal-decided', status: 'refused', at: NOW },
    { reason: 'proposal-decided', status: 'expired', at: NOW },
    { reason: 'clocks-apart', clock: 'redis', aheadMs: 40_000 },
    { reason: 'proposal-unknown' },
    { reason: 'answered-already', kind: 'agree', at: NOW },
    { reason: 'others-unreadable' },
    { reason: 'guest' },
  ])('$reason is answered with a sentence', (refusal) => {
    expect(policyRefusalText(refusal, ENGLISH_READER).text).toMatch(/^Nothing was changed: .*\.$/);
  });
});
