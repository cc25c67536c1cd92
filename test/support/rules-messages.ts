import { policyAnnouncement } from '../../messages/policy/announcement.ts';
import { proposalCard } from '../../messages/policy/proposal-card.ts';
import { isJson } from '../../playground/slack/block-kit-rules.ts';
import type { Reader } from '../../src/restore/language.ts';
import { comparePolicies, loosens } from '../../src/restore/policy/policy-change.ts';
import { type Proposal, proposalOf } from '../../src/restore/policy/proposal.ts';
import type { InstancePolicy, Policy } from '../../src/restore/policy.ts';
import type { PeopleRule } from '../../src/restore/terms.ts';
import type { Said } from './every-message.ts';
import { makePolicy, NOW } from './make-restore.ts';

const TEAM: PeopleRule = { users: ['U1', 'U2'], groups: ['S1'], onCall: ['plan-1'] };
const TIGHT: InstancePolicy = makePolicy({
  requesters: TEAM,
  stakeholders: { ...TEAM, channelsToo: true },
  dependants: [{ name: 'sys-1', users: ['U4'], channel: 'C0SYS', channelToo: true }],
  requiredFields: ['ticket', 'expected-impact'],
  delegation: 'forbidden',
  objections: 'hold',
  calendar: {
    windows: [{ days: ['mon', 'sun'], from: '22:00', to: '23:00', zone: 'UTC' }],
    freezes: [
      { name: 'Sperre-1', yearDays: { first: '12-20', last: '01-02' }, zone: 'UTC' },
      { name: 'Sperre-2', monthDays: { first: -2, last: -1 }, zone: 'UTC' },
    ],
  },
});
const { requesters: _, stakeholders: __, delegation: ___, ...rest } = TIGHT;
const LOOSE: InstancePolicy = {
  ...rest,
  alias: 'neu-1',
  environment: 'development',
  approval: { rules: [{ name: 'R1', ...TEAM, needed: 1 }], denialsNeeded: 3 },
  overrideApprovers: TEAM,
  approvalsChannel: 'C0NEW',
  auditChannel: 'C0NEWAUDIT',
  noticeLeadMinutes: 0,
  requestExpiryMinutes: 600,
  executionExpiryMinutes: 600,
  lossBoundMinutes: 600,
  requiredFields: [],
  dependants: [],
  objections: 'tell',
  reminders: {
    afterMinutes: [10],
    nudges: { everyMinutes: 15, most: 3 },
    escalation: [
      { stage: 'fallback', afterMinutes: 20, users: [], groups: ['S3'] },
      { stage: 'on-call', afterMinutes: 90, users: ['U5'], groups: [] },
    ],
  },
  calendar: { windows: [], freezes: [] },
};
const onCall = (target: string, maxAgeMs: number) => ({
  schedules: { 'plan-1': target, [`plan-${target}`]: target },
  accounts: { 'a@b.example': target },
  maxAgeMs,
});
const IN_FORCE: Policy = {
  instances: [TIGHT, makePolicy({ alias: 'kasse', auraId: 'c0000000', requesters: TEAM })],
  samePeople: [],
  onCall: onCall('U1', 1),
};
const FILE: Policy = {
  instances: [LOOSE, makePolicy({ alias: 'kasse', auraId: 'd0000000' })],
  samePeople: [['U1', 'U2']],
  onCall: onCall('U2', 2),
};
const STATES: readonly Proposal['state'][] = [
  { status: 'open' },
  { status: 'agreed', at: NOW },
  { status: 'replaced', at: NOW },
  { status: 'expired', at: NOW },
  { status: 'refused', at: NOW, by: 'U2' },
];
const VOTES: Proposal['votes'] = [
  { by: 'U1', at: NOW, kind: 'agree', countsFor: ['a1b2c3d4/approvers'] },
  { by: 'U2', at: NOW, kind: 'refuse', countsFor: [] },
];

/** Cards and announcements of changed rules, as `reader` gets them. */
export function messagesOfRules(reader: Reader): readonly Said[] {
  return [...cards(reader), ...announcements(reader)];
}

function cards(reader: Reader): readonly Said[] {
  const proposals = comparePolicies({ inForce: IN_FORCE, retired: [] }, FILE, NOW)
    .changes.filter(loosens)
    .map((change, index) => proposalOf(change, IN_FORCE, { number: index + 1, at: NOW }));
  return proposals.flatMap((proposal) =>
    STATES.flatMap((state): readonly Said[] => {
      const votes = state.status === 'open' ? [] : VOTES;
      const card = proposalCard({ ...proposal, state, votes }, [], reader);
      const name = `card of a looser rule (${proposal.change.kind}) that is ${state.status}`;
      const dialogs = dialogWords(card);
      return [
        { name, kind: 'message', payload: withoutDialogs(card) },
        ...(dialogs ? [{ name: `dialogs of the ${name}`, kind: 'words' as const, payload: { text: dialogs } }] : []),
      ];
    }),
  );
}

function announcements(reader: Reader): readonly Said[] {
  const what = `orders: ${Object.keys(TIGHT).join(' ')}`;
  const all = `${what}, linked accounts, on-call schedules and accounts, kasse: removed, neu-1: instance-added, neu-2: name-reused`;
  const facts = { policy: 'a'.repeat(64), instances: 2 };
  const entries = {
    'policy-first': [
      { ...facts, hadEarlier: true },
      { ...facts, hadEarlier: false },
    ],
    'policy-file': [
      { ...facts, atOnce: all, waiting: all },
      { ...facts, atOnce: '', waiting: '' },
    ],
    'policy-agreed': [{ ...facts, what, proposal: 1 }],
    'policy-refused': [{ ...facts, what, proposal: 1 }],
    'policy-expired': [{ ...facts, what, proposal: '1, 2' }],
  };
  return Object.entries(entries).flatMap(([event, all]) =>
    all.map((told, index): Said => {
      const entry = { seq: 1, at: NOW, event, by: 'U1', facts: told, previous: '', hash: '' };
      return {
        name: `announcement ${event} ${index + 1}`,
        kind: 'message',
        payload: policyAnnouncement(entry, reader),
      };
    }),
  );
}

/** What a button asks before it counts is read when it asks, and not with the card. */
export function withoutDialogs(payload: unknown): unknown {
  return JSON.parse(JSON.stringify(payload, (key, value: unknown) => (key === 'confirm' ? undefined : value)));
}

function dialogWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(dialogWords).filter(Boolean).join('\n');
  if (!isJson(value)) return '';
  const { confirm, ...others } = value;
  const own = isJson(confirm)
    ? Object.values(confirm).flatMap((part) => (isJson(part) && typeof part.text === 'string' ? [part.text] : []))
    : [];
  return [...own, ...Object.values(others).map(dialogWords)].filter(Boolean).join('\n');
}
