import type { FailureReason, InstanceCondition } from '../../src/restore/failure.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { outcomeKey, plannedKey } from '../../src/restore/message-key.ts';
import { METHODS } from '../../src/restore/plan.ts';
import { unknown } from '../../src/restore/receipt/amount.ts';
import { pointId } from '../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import { CHECK_STATUSES, type ValidationOutcome } from '../../src/restore/validation.ts';
import { exampleEvent } from './example-events.ts';
import { makeReceipt } from './make-receipt.ts';
import { afterEvents, EVENTS_TO, followedBy, makeRestore, NOW, TAKEN_AT } from './make-restore.ts';
import { DRAFT, POLICY, SOURCE, TWO_RULES } from './message-facts.ts';
import { askedForNew } from './new-instance-messages.ts';
import { APPROVER, makePerson } from './people.ts';

type Named = readonly (readonly [name: string, restore: Restore])[];

/** How the instance is left by each way of failing. */
const FAILURES: Readonly<Record<FailureReason, InstanceCondition>> = {
  'instance-not-found': 'unknown',
  'instance-not-running': 'unchanged',
  'restored-elsewhere': 'unchanged',
  'rules-tightened': 'unchanged',
  'instance-changed': 'unchanged',
  'snapshot-not-found': 'unchanged',
  'snapshot-not-usable': 'unchanged',
  'not-as-agreed': 'unchanged',
  'loss-grew': 'unchanged',
  'outside-window': 'unchanged',
  'too-late': 'unchanged',
  'aura-refused': 'unchanged',
  'aura-credentials': 'unchanged',
  'safety-snapshot-failed': 'unchanged',
  'restore-refused': 'unchanged',
  'restore-failed': 'broken',
  'file-not-usable': 'broken',
  'instance-deleted': 'unknown',
  'did-not-run': 'unchanged',
  'step-gave-up': 'restored',
};
/** May be differential. */
const SCHEDULED: Snapshot = {
  ...{ snapshotId: 's2', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Completed', exportable: false },
};
const VALIDATIONS: readonly ValidationOutcome[] = ['warned', 'failed', 'error', 'not-run'];

/** Restores of which something is said that is seldom said, by what is so about them. */
export function rareRestores(): Named {
  return [...failed(), ...checked(), ...otherWays(), ...decided(), ...disturbed()];
}

const asked = (facts: Parameters<typeof makeRestore>[1] = {}): Restore =>
  makeRestore('awaiting-approval', { draft: DRAFT, ...facts, policy: { ...POLICY, ...facts?.policy } });
const overwrite = () =>
  asked({
    policy: { methods: METHODS },
    draft: { ...DRAFT, chosen: { method: 'overwrite', source: SOURCE, snapshot: SCHEDULED } },
  });
const to = (restore: Restore, status: keyof typeof EVENTS_TO) => afterEvents(restore, EVENTS_TO[status]);

/** A restore that failed in each way. */
function failed(): Named {
  const all = Object.entries(FAILURES).map(([reason, condition]) => {
    const restoring = to(asked(), 'restoring');
    const event = { ...exampleEvent('step-failed', restoring), reason: reason as FailureReason, condition };
    return [`failed: ${reason}`, followedBy(restoring, event)] as const;
  });
  const others = (['restored', 'unknown', 'broken'] as const).flatMap((condition) =>
    [overwrite(), askedForNew(POLICY, { draft: DRAFT })].map((restore) => {
      const sent = afterEvents(restore, ['approved', 'preflight-passed']);
      const event = { ...exampleEvent('step-failed', sent), condition };
      return [`failed: ${restore.plan.method} that leaves it ${condition}`, followedBy(sent, event)] as const;
    }),
  );
  return [...all, ...others];
}

/** A restore whose data is not simply well, or not looked at yet. */
function checked(): Named {
  const verifying = to(asked(), 'verifying');
  const results = CHECK_STATUSES.map((status, index) => ({
    name: `K-${index + 1}`,
    severity: 'error' as const,
    status,
    words: 'Zahl-7',
  }));
  const outcomes = VALIDATIONS.map((status) => {
    const validation = { status, at: NOW, words: 'Zahl-8', results };
    const event = { ...exampleEvent('verification-finished', verifying), validation };
    return [`completed, its data ${status}`, followedBy(verifying, event)] as const;
  });
  return [...outcomes, ['verifying, its checks running', { ...verifying, validation: { status: 'running' } }]];
}

/** What is said of an overwrite and of a new instance in other words than of a restore. */
function otherWays(): Named {
  const copy = overwrite();
  const fresh = askedForNew(POLICY, { draft: DRAFT });
  const ready = afterEvents(fresh, ['approved', 'preflight-passed']);
  const sent = afterEvents(ready, ['restore-intended']);
  const made = {
    ...exampleEvent('restore-accepted', sent),
    made: {
      ...{ auraId: '0000aaaa', name: 'rb-R-17-abcdefgh', connectionUrl: 'neo4j+s://0000aaaa.databases.neo4j.io' },
      ...{ removeAt: addMinutes(NOW, 1440), password: 'handed-over' as const },
    },
  };
  const running = afterEvents(followedBy(sent, made), ['running-seen', 'restore-finished']);
  const restoring = to(asked(), 'restoring');
  const rehearsed = (restore: Restore, ...events: Parameters<typeof afterEvents>[1]) =>
    afterEvents({ ...restore, plan: { ...restore.plan, dryRun: true } }, [...events, 'rehearsed']);
  return [
    ...(['restore-sent', 'start-unclear', 'verifying', 'cancelled'] as const).map(
      (status) => [`${status}, an overwrite`, to(copy, status)] as const,
    ),
    ['verifying, as a person says that it ran', afterEvents(to(asked(), 'start-unclear'), ['start-judged'])],
    [
      'completed, as a person says that it ran',
      afterEvents(to(asked(), 'start-unclear'), ['start-judged', 'verification-finished']),
    ],
    ['late, an overwrite', lateOf(copy)],
    ['late, a new instance', lateOf(fresh)],
    ['rehearsed, an overwrite', rehearsed(copy, ...EVENTS_TO['requesting-safety-snapshot'])],
    ['stopped, a new instance', afterEvents(ready, ['cancelled'])],
    ['unclear, a new instance', afterEvents(sent, ['start-not-seen'])],
    ['verifying, a new instance', running],
    [
      'done, and its safety snapshot past its days',
      { ...to(asked(), 'completed'), terms: { ...asked().terms, retentionDays: 0 } },
    ],
    ['without an answer of Aura', { ...restoring, observation: { at: NOW, words: 'Grund-9', unansweredSince: NOW } }],
    ['without promised updates', withoutUpdates(restoring)],
    ['seen, with a word that was promised', seenAndPromised(restoring)],
    ['on staging', asked({ policy: { environment: 'staging' } })],
    ['on development', asked({ policy: { environment: 'development' } })],
  ];
}

function withoutUpdates(restore: Restore): Restore {
  const { updateMinutes: _, ...terms } = restore.terms;
  return { ...restore, terms };
}

function seenAndPromised(restore: Restore): Restore {
  const seen = followedBy(restore, exampleEvent('step-observed', restore));
  return followedBy(seen, exampleEvent('update-due', seen));
}

function lateOf(restore: Restore): Restore {
  const approved = afterEvents(restore, ['approved']);
  return followedBy(approved, exampleEvent('start-late', approved));
}

/** Votes, rules and requests that seldom are so. */
function decided(): Named {
  const several = asked({ policy: { approval: TWO_RULES } });
  const first = followedBy(several, { ...exampleEvent('approved', several), person: makePerson('U1') });
  const second = followedBy(first, { ...exampleEvent('approved', first), person: makePerson('U2') });
  const plain = asked();
  const { terms, plan } = plain;
  return [
    ['one no short of its end', followedBy(several, exampleEvent('denied', several))],
    ['one yes short of its start', second],
    ['agreed to by one too many', { ...second, terms: { ...second.terms, approval: oneOf(second) } }],
    [
      'of a schedule that nobody could read',
      asked({ draft: { ...DRAFT, onCall: [{ alias: 'plan-1' }] }, policy: { approval: TWO_RULES } }),
    ],
    ['urgent, and told of later', { ...plain, terms: { ...terms, noticeLeadMinutes: 5, usualNoticeLeadMinutes: 60 } }],
    ['under a known policy', { ...plain, terms: { ...terms, policyHash: 'a'.repeat(64), previews: true } }],
    [
      'without objectives',
      { ...plain, terms: { ...terms, objectives: {}, estimate: { ...terms.estimate, basis: 'configured' } } },
    ],
    ['without checks', { ...plain, plan: { ...plan, checks: [] } }],
    [
      'from a snapshot that may be differential',
      asked({ draft: { ...DRAFT, chosen: { method: 'restore-snapshot', snapshot: SCHEDULED } } }),
    ],
    [
      'in a freeze that nobody may override',
      { ...plain, plan: { ...plan, freezeOverride: { freezes: ['Sperre-1'], reason: 'Eil-2' } } },
    ],
    ['edited in its checks', editedTo(plain)],
    ['looked at without an answer', withUnknownReceipt()],
    ...askedOfMany(),
  ];
}

const oneOf = ({ terms }: Restore) => ({
  ...terms.approval,
  rules: terms.approval.rules.slice(0, 1).map((rule) => ({ ...rule, needed: 1 })),
});

/** Asked by one rule of more people than a line names, and by one that nobody answers until those on call are told. */
function askedOfMany(): Named {
  const users = Array.from({ length: 20 }, (_, index) => `U${index + 10}`);
  const rules = [{ name: 'R1', users: [APPROVER.id], groups: [], needed: 1 }];
  const unanswered = asked({
    policy: {
      approval: { rules, denialsNeeded: 1 },
      reminders: {
        ...{ afterMinutes: [10], nudges: { everyMinutes: 15, most: 3 } },
        escalation: [{ stage: 'on-call', afterMinutes: 40, users: ['U5'], groups: [], onCall: ['plan-1'] }],
      },
    },
  });
  const look = { people: [APPROVER, makePerson('U5')], isWhole: true, unknownSchedules: ['plan-1'] };
  const told = followedBy(unanswered, { type: 'reminded', at: addMinutes(NOW, 40), asked: look });
  return [
    [
      'asked of many',
      asked({ policy: { approval: { rules: [{ name: 'R1', users, groups: [], needed: 1 }], denialsNeeded: 1 } } }),
    ],
    ['told to those on call', told],
  ];
}

function editedTo(restore: Restore): Restore {
  const edited = exampleEvent('edited', restore);
  const change = { ...edited.change, checks: ['check-1', 'check-2'], noticeChannels: ['C0ORDERS'] };
  return followedBy(restore, { ...edited, change });
}

function withUnknownReceipt(): Restore {
  const counted = asked({ policy: { receipt: { refreshMinutes: 5 } } });
  const receipt = makeReceipt({
    ...{ lookedAt: NOW, point: pointId(counted.plan.restorePoint), source: { kind: 'none' } },
    lastWrite: { kind: 'unknown', because: 'no-answer' },
    counts: { kind: 'unknown', because: 'no-answer' },
    questions: [{ name: 'Q-1', answer: unknown('no-answer') }],
    access: { users: { kind: 'unknown', because: 'no-answer' }, roles: { kind: 'unknown', because: 'no-answer' } },
  });
  return followedBy(counted, { type: 'loss-looked', at: addMinutes(NOW, 1), receipt });
}

/** What went wrong around a restore that itself goes on. */
function disturbed(): Named {
  const approved = to(asked(), 'approved');
  const place = approved.plan.noticeChannels[0] ?? '';
  const undelivered = (key: string, mayHaveArrived: boolean, restore: Restore): Restore => ({
    ...restore,
    deliveries: {
      ...restore.deliveries,
      [key]: { status: 'undeliverable', why: 'Grund-5', at: NOW, ...(mayHaveArrived ? { mayHaveArrived } : {}) },
    },
  });
  const unseen = to(asked(), 'taking-baseline');
  const notTaken = followedBy(unseen, {
    ...exampleEvent('baseline-settled', unseen),
    baseline: { kind: 'not-taken', why: 'Grund-6' },
  });
  const sent = to(asked(), 'restore-sent');
  const onlySeen = afterEvents(sent, ['start-seen', 'running-seen', 'restore-finished']);
  const objected = followedBy(approved, { ...exampleEvent('objected', approved), why: 'Quartal-3' });
  const begun = to(asked(), 'ready-to-restore');
  const expired = to(asked(), 'expired');
  return [
    ['not told of', undelivered(plannedKey(place), false, approved)],
    ['perhaps told of', undelivered(plannedKey(place), true, approved)],
    ['over, and not told of', undelivered(outcomeKey(place), false, to(asked(), 'completed'))],
    ['over, and perhaps told of', undelivered(outcomeKey(place), true, to(asked(), 'completed'))],
    ['begun without counts of its data', notTaken],
    ['whose answer was lost, and that was seen to begin', onlySeen],
    ['the same, complete', afterEvents(onlySeen, ['verification-finished'])],
    [
      'seen to have expired late',
      { ...expired, state: { status: 'expired', at: addMinutes(NOW, 300), expiresAt: addMinutes(NOW, 60) } },
    ],
    ['expired in an earlier release', { ...expired, state: { status: 'expired', at: NOW } }],
    ['objected to until its end', followedBy(objected, { ...exampleEvent('approval-lapsed', objected) })],
    [
      'objected to without holding it',
      { ...objected, objections: (objected.objections ?? []).map((one) => ({ ...one, holds: false })) },
    ],
    ['objected to after its start', followedBy(begun, { ...exampleEvent('objected', begun), why: 'Quartal-3' })],
    ['with words from many stakeholders', withObjections(objected)],
    ...(['hold', 'tell'] as const).map(
      (objections) =>
        [`of which more groups are told, objections ${objections}`, addedTo(approved, objections)] as const,
    ),
    ['in an environment that counts as stricter', stricterThan(asked({ policy: { environment: 'staging' } }))],
    ['looked at by one of two', followedBy(asked(), { ...exampleEvent('looking', asked()), person: APPROVER })],
  ];
}

function addedTo(restore: Restore, objections: 'hold' | 'tell'): Restore {
  const addedStakeholders = { users: [], groups: ['S0NEU1', 'S0NEU2'] };
  const event = exampleEvent('rules-tightened', restore);
  return followedBy(restore, { ...event, terms: { ...restore.terms, objections, addedStakeholders } });
}

function stricterThan(restore: Restore): Restore {
  const { terms } = restore;
  return followedBy(restore, { ...exampleEvent('rules-tightened', restore), terms, environment: 'production' });
}

function withObjections(restore: Restore): Restore {
  const [first] = restore.objections ?? [];
  return first ? { ...restore, objections: Array.from({ length: 45 }, () => first) } : restore;
}
