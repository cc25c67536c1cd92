import { wrongAnswerWords } from '../../messages/approval-form.ts';
import { plainWords } from '../../messages/plain-words.ts';
import { policyRefusalText } from '../../messages/policy/refusal.ts';
import { refusalText } from '../../messages/refusal.ts';
import { withCard } from '../../messages/replies.ts';
import { formGap } from '../../messages/restore-form.ts';
import { auraTrouble, snapshotTrouble } from '../../messages/trouble.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Forbidden } from '../../src/restore/forbidden.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { PolicyRefusal } from '../../src/restore/policy/policy-refusal.ts';
import type { Refusal } from '../../src/restore/refusal.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Status } from '../../src/restore/state.ts';
import type { Said } from './every-message.ts';
import { exampleRestores } from './example-restores.ts';
import { makeRestore, NOW } from './make-restore.ts';
import { DRAFT, LINK, POLICY } from './message-facts.ts';
import { APPROVER, REQUESTER } from './people.ts';

const at = NOW;
const later = addMinutes(NOW, 10);
const by = REQUESTER.id;
const look = {
  alias: 'plan-1',
  kind: 'unknown',
  why: 'no-answer',
  source: { provider: 'Opsgenie', schedule: 'x' },
} as const;

/** One of each reason: a reason without an example does not compile. */
const REFUSALS: { readonly [R in Refusal['reason']]: Extract<Refusal, { reason: R }> } = {
  'identity-unreadable': { reason: 'identity-unreadable' },
  'not-a-person': { reason: 'not-a-person' },
  deactivated: { reason: 'deactivated' },
  guest: { reason: 'guest' },
  outsider: { reason: 'outsider' },
  'own-request': { reason: 'own-request', requestedBy: by },
  'not-an-approver': { reason: 'not-an-approver', onCall: [look] },
  'not-the-requester': { reason: 'not-the-requester', requestedBy: by },
  'not-involved': { reason: 'not-involved' },
  'not-a-requester': { reason: 'not-a-requester', alias: 'orders', onCall: [look] },
  'no-longer-a-requester': { reason: 'no-longer-a-requester', alias: 'orders', onCall: [look] },
  'already-past': { reason: 'already-past', status: 'completed', by, at },
  'request-expired': { reason: 'request-expired', expiresAt: at },
  'plan-changed': { reason: 'plan-changed' },
  'plan-gone': { reason: 'plan-gone', what: 'restore-point', at, why: 'Aura-404' },
  'already-voted': { reason: 'already-voted', kind: 'approve', at },
  'not-your-place': { reason: 'not-your-place', of: APPROVER.id },
  'no-vote': { reason: 'no-vote' },
  'proviso-gone': { reason: 'proviso-gone' },
  'no-place-to-delegate': { reason: 'no-place-to-delegate' },
  'delegate-is-same-person': { reason: 'delegate-is-same-person' },
  'delegate-not-able': { reason: 'delegate-not-able', delegate: by },
  'delegation-in-the-past': { reason: 'delegation-in-the-past' },
  'delegation-ends-too-soon': { reason: 'delegation-ends-too-soon' },
  'delegation-too-long': { reason: 'delegation-too-long', days: 60 },
  'not-your-delegation': { reason: 'not-your-delegation' },
  'delegation-over': { reason: 'delegation-over' },
  'another-looks': { reason: 'another-looks', by, until: later },
  'not-a-stakeholder': { reason: 'not-a-stakeholder' },
  'own-objection': { reason: 'own-objection' },
  'already-acknowledged': { reason: 'already-acknowledged', at },
  'already-objected': { reason: 'already-objected', at },
  'no-objection': { reason: 'no-objection' },
  'start-closed': {
    reason: 'start-closed',
    words: 'Restores are frozen.',
    startAt: at,
    closed: { by: 'freezes', names: ['Sperre-1'], until: later },
    nextPossible: [later],
    mayOverride: true,
  },
  'no-longer-allowed': { reason: 'no-longer-allowed', forbidden: { what: 'method', method: 'upload' } },
  'wrong-answer': { reason: 'wrong-answer' },
  'answer-of-earlier-plan': { reason: 'answer-of-earlier-plan' },
  'form-closed': { reason: 'form-closed', until: later },
  'nothing-changed': { reason: 'nothing-changed' },
  'undo-goes-elsewhere': { reason: 'undo-goes-elsewhere', undoes: 'R-16' },
  'undoes-nothing': { reason: 'undoes-nothing' },
  'nudged-lately': { reason: 'nudged-lately', until: later },
  'nudged-enough': { reason: 'nudged-enough', most: 3 },
  'nobody-to-nudge': { reason: 'nobody-to-nudge', from: later },
  'not-offered': { reason: 'not-offered', what: 'check' },
  'others-unreadable': { reason: 'others-unreadable' },
  'too-late-to-stop': { reason: 'too-late-to-stop', status: 'restoring' },
  'too-late-to-undo': { reason: 'too-late-to-undo', id: 'R-16', alias: 'orders', completedAt: at, until: later },
  'not-waiting-for-judgement': { reason: 'not-waiting-for-judgement', status: 'restoring' },
  'clocks-apart': { reason: 'clocks-apart', clock: 'aura', aheadMs: 95_000 },
  'clock-set-back': { reason: 'clock-set-back', lastAt: later },
  stale: { reason: 'stale' },
  'unknown-instance': { reason: 'unknown-instance', typed: 'oders', nearest: ['orders', 'items'] },
  'instance-claimed': { reason: 'instance-claimed', by: 'R-1' },
  'asked-again': { reason: 'asked-again', with: 'R-2' },
  'snapshot-not-usable': { reason: 'snapshot-not-usable', why: 'still-running' },
  'snapshot-not-exportable': { reason: 'snapshot-not-exportable' },
  'method-not-allowed': { reason: 'method-not-allowed', method: 'overwrite', allowed: ['restore-snapshot'] },
  'file-not-usable': { reason: 'file-not-usable', why: { kind: 'above-console-limit', limitBytes: 2 ** 32 } },
  'new-instance-not-possible': {
    reason: 'new-instance-not-possible',
    problem: { kind: 'over-cap', cap: 200, spent: 190.5, cost: 17.28, currency: 'USD' },
  },
  'not-on-this-tier': { reason: 'not-on-this-tier', method: 'restore-snapshot', tier: 'AuraDB Free' },
  'source-is-target': { reason: 'source-is-target' },
  'target-too-small': { reason: 'target-too-small', source: '16GB', target: '8GB' },
  'start-in-the-past': { reason: 'start-in-the-past' },
  'start-too-soon': { reason: 'start-too-soon', earliest: at },
  'start-not-allowed': {
    reason: 'start-not-allowed',
    words: 'Restores are frozen.',
    closed: { by: 'freezes', names: ['Sperre-1'], until: at },
    nextPossible: [at, addMinutes(at, 60)],
    overridable: ['Sperre-1'],
  },
  'override-not-possible': { reason: 'override-not-possible', alias: 'orders' },
  'field-missing': { reason: 'field-missing', field: 'ticket' },
  'other-way-unexplained': { reason: 'other-way-unexplained', advised: 'restore-snapshot' },
  'test-on-production': { reason: 'test-on-production' },
  'cannot-be-approved': { reason: 'cannot-be-approved', short: [{ name: 'R1', needed: 2, possible: 1 }] },
};

/** What the rules may not allow any more, besides the way. */
const FORBIDDEN: readonly Forbidden[] = [
  { what: 'instance' },
  { what: 'test' },
  { what: 'new-instances' },
  { what: 'size', memory: '8GB' },
  { what: 'lifetime', longestMinutes: 1_439, minutes: 1_440 },
];

const POLICY_REFUSALS: readonly PolicyRefusal[] = [
  { reason: 'not-bound' },
  { reason: 'proposal-decided', status: 'refused', at },
  { reason: 'proposal-unknown' },
  { reason: 'answered-already', kind: 'agree', at },
  { reason: 'others-unreadable' },
];

/** Every refusal, with and without the restore that it is about. */
export function messagesOfRefusals(reader: Reader): readonly Said[] {
  return [
    ...refusalsOfRestores(reader),
    ...tooLateMessages(reader),
    {
      name: 'refusal unknown-instance, none named',
      kind: 'words',
      payload: refusalText({ reason: 'unknown-instance', typed: '', nearest: ['orders', 'items'] }, { reader }),
    },
    ...FORBIDDEN.map((forbidden): Said => {
      const refusal = { reason: 'no-longer-allowed', forbidden } as const;
      return {
        name: `refusal no-longer-allowed (${forbidden.what})`,
        kind: 'words',
        payload: refusalText(refusal, { reader }),
      };
    }),
    ...POLICY_REFUSALS.map(
      (refusal): Said => ({
        name: `refusal ${refusal.reason} of an answer to a looser rule`,
        kind: 'words',
        payload: policyRefusalText(refusal, reader),
      }),
    ),
  ];
}

/** What comes too late is another thing for each way. */
function tooLateMessages(reader: Reader): readonly Said[] {
  return exampleRestores()
    .filter(([, { plan, state }]) => plan.method !== 'restore-snapshot' && TOO_LATE.has(state.status))
    .map(([name, restore]): Said => {
      const refusal = { reason: 'too-late-to-stop', status: restore.state.status } as const;
      return {
        name: `refusal too-late-to-stop, ${name}`,
        kind: 'words',
        payload: refusalText(refusal, { restore, reader }),
        restore,
      };
    });
}

const TOO_LATE: ReadonlySet<Status> = new Set(['restore-sent', 'start-unclear', 'restoring']);

function refusalsOfRestores(reader: Reader): readonly Said[] {
  const restore: Restore = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  return Object.values(REFUSALS).flatMap((refusal): readonly Said[] => [
    { name: `refusal ${refusal.reason}`, kind: 'words', payload: refusalText(refusal, { reader }) },
    {
      name: `refusal ${refusal.reason} of a restore`,
      kind: 'words',
      payload: refusalText(refusal, { restore, reader }),
      restore,
    },
    {
      name: `refusal ${refusal.reason} at the field of a form`,
      kind: 'words',
      payload: { text: plainWords(refusalText(refusal, { restore, reader }).text, reader) },
    },
  ]);
}

const GAPS = ['instance', 'restorePoint', 'reason', 'startTime'] as const;

/** What is said when something around the bot does not work, or a form has a gap. */
export function messagesOfTroubles(reader: Reader): readonly Said[] {
  const { kinds } = wordsFor(reader).trouble;
  const texts: Readonly<Record<string, string>> = {
    ...kinds,
    ...wrongAnswerWords(reader),
    ...Object.fromEntries(GAPS.map((gap) => [`gap ${gap}`, formGap(gap, reader).text])),
    'Aura in trouble': auraTrouble({ meaning: 'unreachable', said: 'Aura gave no usable answer.' }, reader),
    'a snapshot of which nobody knows': snapshotTrouble(
      { meaning: 'unreadable-answer', said: 'Aura gave an answer the bot cannot read.' },
      'orders',
      reader,
    ),
    'claimed with its card': withCard(refusalText(REFUSALS['instance-claimed'], { reader }).text, LINK, reader),
  };
  return Object.entries(texts).map(([name, text]) => ({ name: `trouble ${name}`, kind: 'words', payload: { text } }));
}
