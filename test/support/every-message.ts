import { adviceForm } from '../../messages/advice-form.ts';
import { answerForm } from '../../messages/answer-form.ts';
import { approvalForm, wrongAnswerWords } from '../../messages/approval-form.ts';
import { delegationForm } from '../../messages/delegation-form.ts';
import { delegationWord } from '../../messages/delegation-word.ts';
import { denialForm } from '../../messages/denial-form.ts';
import { directMessage } from '../../messages/direct-message.ts';
import { type EditOffer, editForm } from '../../messages/edit-form.ts';
import type { RestoreFormModel } from '../../messages/form-model.ts';
import { headMessage } from '../../messages/head-message.ts';
import { homeTrouble, homeView } from '../../messages/home.ts';
import { lateNotice } from '../../messages/late-notice.ts';
import type { Notice } from '../../messages/notice.ts';
import { objectionForm } from '../../messages/objection-form.ts';
import { outcomeNotice } from '../../messages/outcome-notice.ts';
import { plannedNotice } from '../../messages/planned-notice.ts';
import { policyRefusalText } from '../../messages/policy/refusal.ts';
import { putOffNotice } from '../../messages/put-off-notice.ts';
import { refusalText } from '../../messages/refusal.ts';
import { escalationMessage, nudgedReply, reminderReply } from '../../messages/reminder.ts';
import {
  helpReply,
  listReply,
  snapshotsReply,
  snapshotTakenReply,
  statusReply,
  stoppedReply,
  unknownCommandReply,
  withCard,
} from '../../messages/replies.ts';
import { restoreCard } from '../../messages/restore-card.ts';
import { formGap, formTrouble, openingForm, restoreForm } from '../../messages/restore-form.ts';
import { snapshotOptions } from '../../messages/snapshot-options.ts';
import { threadReply } from '../../messages/thread-reply.ts';
import { auraTrouble, trouble } from '../../messages/trouble.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Case } from '../../src/restore/advice.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import { unanswered } from '../../src/restore/objection.ts';
import type { DirectKind, ReplyKind } from '../../src/restore/owed-message.ts';
import { owedMessages } from '../../src/restore/owed-messages.ts';
import { METHODS } from '../../src/restore/plan.ts';
import type { PolicyRefusal } from '../../src/restore/policy/policy-record.ts';
import type { NamesLoss } from '../../src/restore/receipt/access.ts';
import { UNKNOWN_BECAUSE, unknown } from '../../src/restore/receipt/amount.ts';
import { type LossReceipt, pointId } from '../../src/restore/receipt/receipt.ts';
import type { Refusal } from '../../src/restore/refusal.ts';
import { REASON_KINDS } from '../../src/restore/request.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Snapshot } from '../../src/restore/snapshot.ts';
import type { ApprovalTerms, ReminderTerms } from '../../src/restore/terms.ts';
import { exampleEvent } from './example-events.ts';
import { makeExport, messagesOfExports } from './export-messages.ts';
import { makeReceipt } from './make-receipt.ts';
import {
  afterEvents,
  EVENTS_TO,
  followedBy,
  makePolicy,
  makeRestore,
  NOW,
  STATUSES,
  TAKEN_AT,
} from './make-restore.ts';
import { messagesOfMade, restoresOfNew } from './new-instance-messages.ts';
import { APPROVER, makePerson, REQUESTER } from './people.ts';
import { messagesOfRules } from './rules-messages.ts';
import { messagesOfShadows } from './shadow-messages.ts';

/** Something the bot says, with what it is about when that is one restore. */
export interface Said {
  readonly name: string;
  readonly kind: 'message' | 'view' | 'words' | 'options';
  readonly payload: unknown;
  readonly restore?: Restore;
}

const LINK = 'https://example.slack.com/archives/C1/p1';

/** What people and the operator wrote, in no language: only the bot's own words are to be told apart by language. */
const POLICY = {
  contact: 'Datenteam-7',
  actionRequired: 'XYZ-1',
  dependants: [{ name: 'sys-1', owner: 'Team-2' }, { name: 'sys-3' }],
  checkNames: ['check-1'],
};
const SOURCE = { alias: 'items', auraId: 'b2c3d4e5', name: 'Artikel', environment: 'staging' } as const;
const DRAFT = {
  reason: { kind: 'corrupted-data', text: 'Import-4711' },
  ticket: 'OPS-17',
  expectedImpact: 'Kasse-9',
} as const;

/** Every message the bot has, as `reader` gets it. */
export function everyMessage(reader: Reader): readonly Said[] {
  return [
    ...restores().flatMap(([name, restore]) => aboutRestore(name, restore, reader)),
    ...notices(reader),
    ...forms(reader),
    ...lists(reader),
    ...refusals(reader),
    ...messagesOfRules(reader),
    ...messagesOfShadows(POLICY, reader),
    ...messagesOfExports(reader),
    ...messagesOfMade(reader),
    ...troubles(reader),
  ];
}

const IN_FREEZE: EditOffer = {
  checks: [],
  noticeChannels: [],
  policy: makePolicy({
    calendar: { windows: [], freezes: [{ name: 'Sperre-1', from: addMinutes(NOW, -60), to: addMinutes(NOW, 600) }] },
    overrideApprovers: { users: ['U9'], groups: [] },
  }),
  chosen: { start: { kind: 'when-confirmed' }, wantsOverride: true },
};

function restores(): readonly (readonly [name: string, restore: Restore])[] {
  const asked: Restore = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  const inStatus = STATUSES.map((status) => [status, makeRestore(status, { policy: POLICY, draft: DRAFT })] as const);
  const overwrites = [undefined, SNAPSHOTS[0]].map(
    (snapshot): Restore =>
      makeRestore('awaiting-approval', {
        policy: { ...POLICY, methods: METHODS },
        draft: {
          ...DRAFT,
          chosen: { method: 'overwrite', source: SOURCE, ...(snapshot ? { snapshot } : {}) },
          otherThanAdvised: { advised: 'new-instance', why: 'Weil-W1' },
        },
      }),
  );
  const several: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, approval: TWO_RULES },
    draft: { ...DRAFT, start: { kind: 'at', at: addMinutes(NOW, 90) } },
  });
  const voted = followedBy(several, { ...exampleEvent('approved', several), person: makePerson('U1') });
  const frozen: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, overrideApprovers: { users: ['U9'], groups: [] } },
    draft: { ...DRAFT, freezeOverride: { freezes: ['Sperre-1'], reason: 'Eil-2' } },
  });
  const approved = afterEvents(asked, ['approved']);
  const restoring = afterEvents(asked, EVENTS_TO.restoring);
  const proviso = { condition: 'Kasse-9 zu', notBefore: addMinutes(NOW, 600) };
  const delegates = [{ to: 'U7', from: 'U1', until: addMinutes(NOW, 600) }];
  const delegated: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, approval: TWO_RULES },
    draft: { ...DRAFT, delegates },
  });
  const standsInFor = [{ delegation: 'D-1', until: addMinutes(NOW, 600), delegator: makePerson('U1') }];
  const depending = followedBy(delegated, {
    ...exampleEvent('approved', delegated),
    person: { ...makePerson('U7'), standsInFor },
    proviso,
  });
  const settled = { of: 'U7', votedAt: depending.history.at(-1)?.at ?? NOW };
  const unanswered: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, approval: ESCALATING, reminders: REMINDERS },
    draft: { ...DRAFT, isUrgent: true },
  });
  const look = { people: [APPROVER, makePerson('U3', { groups: ['S3'] })], isWhole: true };
  const reminded = followedBy(unanswered, { type: 'reminded', at: addMinutes(NOW, 10), asked: look });
  const objected = followedBy(approved, { ...exampleEvent('objected', approved), why: 'Quartal-3' });
  const answered = { ...exampleEvent('objections-answered', objected), words: 'Quartal-4' };
  const movedStart = { at: NOW, from: addMinutes(NOW, 15), to: addMinutes(NOW, 22) };
  const moved = { ...approved, movedStart };
  const counted: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, receipt: { refreshMinutes: 5 } },
    draft: DRAFT,
  });
  const withReceipt = (facts: Partial<LossReceipt>) => {
    const point = pointId(counted.plan.restorePoint);
    const at = addMinutes(NOW, 1);
    return followedBy(counted, {
      type: 'loss-looked',
      at,
      receipt: makeReceipt({ lookedAt: at, point, ...facts }),
    });
  };
  const unknownNames = UNKNOWN_BECAUSE.map((because, index) => ({ name: `Q-${index}`, answer: unknown(because) }));
  return [
    ...inStatus,
    ['an overwrite from the source as it is', overwrites[0] ?? asked],
    ['an overwrite from a snapshot', overwrites[1] ?? asked],
    ['an overwrite that is complete', afterEvents(overwrites[1] ?? asked, EVENTS_TO.completed)],
    ['undone', followedBy(afterEvents(asked, EVENTS_TO.completed), exampleEvent('undone', asked))],
    ['an undo', makeRestore('awaiting-approval', { policy: POLICY, draft: { ...DRAFT, undoes: 'R-16' } })],
    ...fromFiles(),
    ...restoresOfNew(POLICY, { draft: DRAFT }),
    ['not answered', unanswered],
    ['reminded of', reminded],
    ['escalated', followedBy(reminded, { type: 'reminded', at: addMinutes(NOW, 20), asked: look })],
    ['nudged', followedBy(reminded, { type: 'nudged', at: addMinutes(NOW, 12), person: REQUESTER, asked: look })],
    ['awaiting several people', several],
    ['awaiting several people of whom one agreed', voted],
    ['awaiting approval of a start in a freeze', frozen],
    ['edited', followedBy(voted, exampleEvent('edited', voted))],
    ['awaiting the requester, who is asked for a later start', depending],
    [
      'agreed to with a later start',
      followedBy(depending, { ...exampleEvent('proviso-accepted', depending), ...settled }),
    ],
    [
      'not agreed to on a condition',
      followedBy(depending, { ...exampleEvent('proviso-declined', depending), ...settled }),
    ],
    ['being looked at', followedBy(asked, exampleEvent('looking', asked))],
    ['drifted', followedBy(approved, exampleEvent('drifted', approved))],
    ['late', followedBy(approved, exampleEvent('start-late', approved))],
    ['seen', followedBy(restoring, exampleEvent('step-observed', restoring))],
    ['objected to', objected],
    [
      'objected to by two',
      followedBy(objected, { ...exampleEvent('objected', objected), person: makePerson('U2'), why: 'Quartal-5' }),
    ],
    ['objected to and going on', followedBy(objected, answered)],
    ['objected to and put off', followedBy(objected, { ...answered, kind: 'put-off' })],
    ['acknowledged', followedBy(approved, exampleEvent('acknowledged', approved))],
    ['told a word that was promised', followedBy(restoring, exampleEvent('update-due', restoring))],
    ['moved', moved],
    ['being counted', counted],
    ['counted', withReceipt({})],
    [
      'counted in a preview',
      withReceipt({ source: { kind: 'preview', takenAt: NOW }, access: { users: NO_CHANGE, roles: ROLES_CHANGE } }),
    ],
    ['counted around', withReceipt({ source: { kind: 'between', before: TAKEN_AT, after: NOW } })],
    [
      'not counted',
      withReceipt({
        source: { kind: 'none' },
        counts: { kind: 'unknown', because: 'no-fingerprint' },
        questions: unknownNames,
        access: { users: { kind: 'unknown', because: 'no-fingerprint' }, roles: NO_CHANGE },
      }),
    ],
    ['stalled', followedBy(restoring, exampleEvent('stall-noticed', restoring))],
  ];
}

const NO_CHANGE: NamesLoss = { kind: 'compared', back: [], gone: [], changed: [], unnamed: 0 };
const ROLES_CHANGE: NamesLoss = { ...NO_CHANGE, back: ['r-1'], gone: ['r-2'], unnamed: 3 };
/** Files restored from by hand and by a worker, in each status that says something of its own about them. */
function fromFiles(): readonly (readonly [name: string, restore: Restore])[] {
  const file = { name: 'neo4j-4711.dump', kind: 'dump', sizeBytes: 3_400_000_000, sha256: 'ab'.repeat(32) } as const;
  const { sha256: _, ...unread } = file;
  const chosen = [
    ['by hand', { method: 'backup-file', file: unread, savedAt: TAKEN_AT }],
    ['by hand, with its checksum', { method: 'backup-file', file, savedAt: TAKEN_AT }],
    ['by a worker', { method: 'upload', file: { ...file, directory: 'dir-1' }, savedAt: TAKEN_AT }],
  ] as const;
  return chosen.flatMap(([how, one]) => {
    const asked = makeRestore('awaiting-approval', { policy: POLICY, draft: { ...DRAFT, chosen: one } });
    return (['awaiting-approval', 'restore-sent', 'start-unclear', 'restoring', 'completed'] as const).map(
      (status) => [`${status}, from a file ${how}`, afterEvents(asked, EVENTS_TO[status])] as const,
    );
  });
}

const TWO_RULES = {
  rules: [
    { name: 'R1', users: ['U1', 'U2'], groups: ['S1'], onCall: ['plan-1'], needed: 2 },
    { name: 'R2', users: [APPROVER.id], groups: [], needed: 1 },
  ],
  denialsNeeded: 2,
};

const REMINDERS: ReminderTerms = {
  afterMinutes: [10, 30],
  nudges: { everyMinutes: 15, most: 3 },
  escalation: [
    { stage: 'fallback', afterMinutes: 20, users: [], groups: ['S3'] },
    { stage: 'on-call', afterMinutes: 40, users: [], groups: [], onCall: ['plan-1'] },
  ],
  workingHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:30' },
};
const ESCALATING: ApprovalTerms = {
  rules: [{ name: 'R1', users: [APPROVER.id], groups: [], needed: 1, escalatesTo: ['fallback'] }],
  denialsNeeded: 1,
};

function aboutRestore(name: string, restore: Restore, reader: Reader): readonly Said[] {
  const say = (what: string, kind: Said['kind'], payload: unknown): Said => ({
    name: `${what} of a restore that is ${name}`,
    kind,
    payload,
    restore,
  });
  const direct = owedMessages(restore).flatMap(({ kind, round, nth }) =>
    isDirect(kind)
      ? [say(`direct message "${kind}"`, 'message', directMessage(kind, restore, LINK, round ?? nth, reader))]
      : [],
  );
  const reminders = owedMessages(restore).flatMap(({ kind, reminder = 0 }) => {
    if (kind === 'reminder') return [say('reminder', 'message', reminderReply(restore, reminder, reader))];
    if (kind !== 'escalated') return [];
    return [say('escalation', 'message', escalationMessage(restore, { reminder, cardLink: LINK }, reader))];
  });
  const isNudged = restore.reminded?.sent.some(({ kind }) => kind === 'nudge');
  return [
    ...reminders,
    ...(isNudged ? [say('answer to a nudge', 'words', nudgedReply(restore, reader))] : []),
    say('card', 'message', restoreCard(restore, NOW, reader)),
    say('status', 'message', statusReply({ restore, link: LINK }, NOW, reader)),
    say('approval form', 'view', approvalForm(restore, NOW, APPROVER, reader)),
    say('denial form', 'view', denialForm(restore, reader)),
    say('edit form', 'view', editForm(restore, { checks: ['check-1'], noticeChannels: ['C1'] }, NOW, reader)),
    say('edit form in a freeze', 'view', editForm(restore, IN_FREEZE, NOW, reader)),
    say('head message', 'message', headMessage(restore, 'C0ORDERS', reader)),
    ...replies(restore, reader).map(([kind, payload]) => say(`reply "${kind}"`, 'message', payload)),
    say('objection form', 'view', objectionForm(restore, 'C0ORDERS', reader)),
    ...(unanswered(restore).length > 0 ? [say('answer form', 'view', answerForm(restore, APPROVER, reader))] : []),
    ...direct,
  ];
}

/** Replies in the thread that make sense of this restore. */
function replies(restore: Restore, reader: Reader): readonly (readonly [ReplyKind, unknown])[] {
  const { objections = [], updates = [], movedStart, state } = restore;
  const kinds: readonly ReplyKind[] = [
    ...(movedStart ? (['start-moved'] as const) : []),
    ...('intent' in state && state.intent ? (['started'] as const) : []),
    ...('restoredAt' in state ? (['verifying'] as const) : []),
    ...(updates.length > 0 ? (['update'] as const) : []),
    ...(objections.length > 0 ? (['objection'] as const) : []),
    ...(objections.some(({ answer }) => answer) ? (['objection-answered'] as const) : []),
  ];
  const facts = { place: 'C0ORDERS', now: addMinutes(NOW, 600), nth: 1 };
  return kinds.map((kind) => [kind, threadReply(kind, restore, facts, reader)] as const);
}

const DIRECT: Readonly<Record<DirectKind, true>> = {
  'asked-anew': true,
  'proviso-asked': true,
  'proviso-declined': true,
  confirmed: true,
  denied: true,
  unanswered: true,
  'starting-late': true,
  'judge-start': true,
  'upload-now': true,
  objected: true,
  'objection-settled': true,
  ended: true,
  'no-card': true,
};

function isDirect(kind: string): kind is DirectKind {
  return kind in DIRECT;
}

function notices(reader: Reader): readonly Said[] {
  const all = restores().flatMap(([name, restore]) => [
    [`planned notice, ${name}`, restore, plannedNotice(restore, NOW, reader)] as const,
    [`late planned notice, ${name}`, restore, plannedNotice(restore, addMinutes(NOW, 60), reader)] as const,
    [`late notice, ${name}`, restore, lateNotice(restore, reader)] as const,
    [`put-off notice, ${name}`, restore, putOffNotice(restore, 1, reader)] as const,
    [`outcome notice, ${name}`, restore, outcomeNotice(restore, 'C0UNTOLD', reader)] as const,
  ]);
  return all.flatMap(([name, restore, notice]) => noticeOf(name, notice, restore));
}

function noticeOf(name: string, notice: Notice, restore: Restore): readonly Said[] {
  if (notice.kind === 'incomplete') return [];
  const { kind: _, ...payload } = notice;
  return [{ name, kind: 'message', payload, restore }];
}

const SNAPSHOTS: readonly Snapshot[] = [
  { snapshotId: 's1', takenAt: TAKEN_AT, profile: 'AdHoc', status: 'Completed', exportable: true },
  { snapshotId: 's2', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Completed', exportable: false },
  { snapshotId: 's3', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'InProgress' },
  { snapshotId: 's4', takenAt: TAKEN_AT, profile: 'Scheduled', status: 'Failed' },
];

const TOOK = { ms: 600_000, unsureMs: 1_000 };

const DELEGATION = {
  schemaVersion: 1,
  version: 1,
  startsAt: NOW,
  endsAt: addMinutes(NOW, 600),
  history: [],
} as const;
const DELEGATIONS = [
  { ...DELEGATION, id: 'D-1', from: 'U1', to: 'U7' },
  { ...DELEGATION, id: 'D-2', from: 'U8', to: 'U1', startsAt: addMinutes(NOW, 60) },
];

const ENDED = { ...DELEGATION, id: 'D-3', from: 'U1', to: 'U7', revoked: { by: 'U8', at: NOW } };

/** A case for each way the advice can come out. */
const ADVISED: readonly (readonly [name: string, facts: Partial<Case>])[] = [
  ['a snapshot', {}],
  ['Aura not asked', { snapshot: 'unknown' }],
  ['no snapshot', { snapshot: 'none' }],
  ['a large file', { dataIsIn: 'file', fileBytes: 9e9, isAutomated: true }],
  ['compliance', { isForCompliance: true }],
  ['kept', { keepsPresent: true, reason: 'rollback-test' }],
  ['another instance', { dataIsIn: 'another-instance' }],
  ['the best not allowed', { allowed: ['new-instance'] }],
  ['nothing allowed', { keepsPresent: true, allowed: ['restore-snapshot'] }],
];

function forms(reader: Reader): readonly Said[] {
  const policy = makePolicy({ ...POLICY, approval: TWO_RULES });
  const frozen = makePolicy({
    ...POLICY,
    calendar: {
      windows: [],
      freezes: [{ name: 'Sperre-1', from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }],
    },
    overrideApprovers: { users: ['U9'], groups: [] },
  });
  const nights = makePolicy({
    ...POLICY,
    calendar: { windows: [{ days: ['mon'], from: '22:00', to: '22:20', zone: 'UTC' }], freezes: [] },
  });
  const seen = { kind: 'seen', status: 'running', memory: '8GB', snapshotCount: 4, daysRead: 2, daysKept: 7 } as const;
  const start = { kind: 'when-confirmed' } as const;
  const draw = (model: Partial<RestoreFormModel>) =>
    restoreForm({ now: NOW, instances: [policy], start, ...model }, reader);
  const views: Readonly<Record<string, unknown>> = {
    'opening form': openingForm(reader),
    'delegation form': delegationForm({ person: 'U1', now: NOW, delegations: DELEGATIONS, to: 'U7' }, reader),
    'form in trouble': formTrouble(trouble('store-away', reader).text, reader),
    'empty form': draw({}),
    'form that looks': draw({ chosen: { policy, look: { kind: 'looking' } } }),
    'advice while Aura is asked': adviceForm({ policy }, reader),
    ...Object.fromEntries(
      ADVISED.map(([name, facts]) => [
        `advice, ${name}`,
        adviceForm(
          {
            policy,
            look: { status: 'running', memory: '8GB', usable: 4, newest: TAKEN_AT },
            case: { environment: 'production', allowed: METHODS, snapshot: 'usable', ...facts },
          },
          reader,
        ),
      ]),
    ),
    'form of an instance with every method': draw({ chosen: { policy: { ...policy, methods: METHODS }, look: seen } }),
    'form with another method than advised': draw({
      chosen: { policy: { ...policy, methods: METHODS }, look: seen },
      method: 'new-instance',
    }),
    'form of an overwrite without a source': draw({
      chosen: { policy: { ...policy, methods: METHODS }, look: seen },
      method: 'overwrite',
    }),
    'form of an overwrite from a snapshot': draw({
      chosen: { policy: { ...policy, methods: METHODS }, look: seen },
      method: 'overwrite',
      source: { ...policy, alias: 'items', auraId: 'b2c3d4e5' },
      snapshot: { snapshotId: 's1', takenAt: TAKEN_AT, profile: 'AdHoc', status: 'Completed', exportable: true },
    }),
    'form of an overwrite from the source as it is': draw({
      chosen: { policy: { ...policy, methods: METHODS }, look: seen },
      method: 'overwrite',
      source: { ...policy, alias: 'items', auraId: 'b2c3d4e5' },
      isLive: true,
    }),
    'form that looks at the loss': draw({ chosen: { policy, look: seen, receipt: 'looking' }, snapshot: SNAPSHOTS[0] }),
    'form with a receipt, after many restores': draw({
      chosen: {
        policy,
        look: seen,
        receipt: makeReceipt({ lookedAt: NOW, point: 's1' }),
        earlier: { of: 'instance', took: [TOOK, { ms: 1_200_000, unsureMs: 0 }] },
      },
      snapshot: SNAPSHOTS[0],
    }),
    'form after one restore of another instance': draw({
      chosen: { policy, look: seen, earlier: { of: 'size', took: [TOOK] } },
    }),
    'form of an undo': draw({ chosen: { policy, look: seen }, undoes: 'R-17', reasonKind: 'undo' }),
    'form in trouble with Aura': draw({
      chosen: {
        policy,
        look: { kind: 'trouble', words: wordsFor(reader).trouble.couldNotLook },
        claimedBy: { id: 'R-1', link: LINK },
      },
    }),
    'form of a stopped instance': draw({ chosen: { policy, look: { ...seen, status: 'paused' } } }),
    'form while nobody is at work': draw({ chosen: { policy, look: seen, firstAtWork: addMinutes(NOW, 600) } }),
    'form in a freeze': draw({ chosen: { policy: frozen, look: seen } }),
    'form in a freeze with an override': draw({ chosen: { policy: frozen, look: seen }, wantsOverride: true }),
    ...filesForms(draw, policy, seen),
    'form outside a window': draw({ chosen: { policy: nights, look: seen } }),
    'form with a start that may last too long': draw({
      chosen: { policy: nights, look: seen },
      start: { kind: 'at', at: '2026-11-23T22:00:00.000Z', isOffered: true },
    }),
    ...Object.fromEntries(
      SNAPSHOTS.flatMap((snapshot) =>
        REASON_KINDS.map((reasonKind) => [
          `form with ${snapshot.snapshotId} for ${reasonKind}`,
          draw({
            chosen: { policy, look: seen, asked: { R1: 1, R2: 3 } },
            snapshot,
            reasonKind,
            start: { kind: 'at', at: addMinutes(NOW, 90) },
          }),
        ]),
      ),
    ),
  };
  return [
    ...Object.entries(views).map(([name, payload]): Said => ({ name, kind: 'view', payload })),
    { name: 'menu', kind: 'options', payload: snapshotOptions(SNAPSHOTS, { now: NOW, query: '' }, reader) },
  ];
}

const OVERDUE = [makeExport({ dueAt: addMinutes(NOW, -7 * 1440) })];
/** The form for each way from a file. */
function filesForms(
  draw: (model: Partial<RestoreFormModel>) => unknown,
  own: RestoreFormModel['instances'][number],
  seen: NonNullable<RestoreFormModel['chosen']>['look'],
): Readonly<Record<string, unknown>> {
  const policy = { ...own, methods: ['restore-snapshot', 'backup-file', 'upload'] as const };
  const chosen = { policy, look: seen };
  const unread = {
    id: 'f1',
    name: 'neo4j-4711.dump',
    kind: 'dump',
    sizeBytes: 9_000,
    directory: 'dir-1',
    changedAt: NOW,
  } as const;
  const file = { ...unread, id: 'f2', sha256: 'ab'.repeat(32) };
  return {
    'form of a file by hand': draw({ chosen, method: 'backup-file' }),
    'form of a file by hand with its time': draw({ chosen, method: 'backup-file', savedAt: TAKEN_AT }),
    'form of a file without any': draw({ chosen, method: 'upload', offered: [] }),
    'form of a file that is not read yet': draw({ chosen, method: 'upload', offered: [unread], file: unread }),
    'form of a file': draw({ chosen, method: 'upload', offered: [unread, file], file, savedAt: TAKEN_AT }),
  };
}

function lists(reader: Reader): readonly Said[] {
  const listed = restores().map(([, restore]) => ({ restore, link: LINK }));
  const groups = { waitingForMe: listed, mine: listed, underWay: [], endedLately: listed };
  const model = {
    alias: 'orders',
    daysRead: 2,
    daysKept: 7,
    tier: 'AuraDB Professional',
    frequency: 'daily',
    now: NOW,
  };
  const first = { restore: makeRestore('cancelled', { policy: POLICY, draft: DRAFT }) };
  const me = { person: 'U1', now: NOW };
  const none = { ...me, waitingForMe: [], mine: [], underWay: [], endedLately: [], places: [] };
  const messages: Readonly<Record<string, unknown>> = {
    help: helpReply(reader),
    list: listReply(listed, NOW, ['R-5'], reader),
    'empty list': listReply([], NOW, [], reader),
    snapshots: snapshotsReply({ ...model, snapshots: SNAPSHOTS }, reader),
    'no snapshots': snapshotsReply({ ...model, snapshots: [] }, reader),
    'snapshot taken': snapshotTakenReply('orders', 's9', reader),
    stopped: stoppedReply(first, reader),
    'unknown command': unknownCommandReply('lsit', ['list'], reader),
    'place handed over': delegationWord('handed-over', DELEGATIONS[0] ?? ENDED, NOW, reader),
    'place handed over from later on': delegationWord('handed-over', DELEGATIONS[1] ?? ENDED, NOW, reader),
    'place of theirs ended': delegationWord('ended-for-owner', ENDED, NOW, reader),
    'place held ended': delegationWord('ended-for-holder', ENDED, NOW, reader),
  };
  return [
    ...Object.entries(messages).map(([name, payload]): Said => ({ name, kind: 'message', payload })),
    {
      name: 'home',
      kind: 'view',
      payload: homeView({ ...me, ...groups, places: DELEGATIONS, exports: OVERDUE, unreadable: ['R-5'] }, reader),
    },
    { name: 'empty home', kind: 'view', payload: homeView(none, reader) },
    { name: 'home without places', kind: 'view', payload: homeView({ ...none, places: undefined }, reader) },
    { name: 'home in trouble', kind: 'view', payload: homeTrouble(trouble('store-away', reader).text, reader) },
  ];
}

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
  'already-past': { reason: 'already-past', status: 'completed', by, at },
  'request-expired': { reason: 'request-expired', expiresAt: at },
  'plan-changed': { reason: 'plan-changed' },
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
  'wrong-answer': { reason: 'wrong-answer' },
  'form-closed': { reason: 'form-closed', until: later },
  'nothing-changed': { reason: 'nothing-changed' },
  'nudged-lately': { reason: 'nudged-lately', until: later },
  'nudged-enough': { reason: 'nudged-enough', most: 3 },
  'nobody-to-nudge': { reason: 'nobody-to-nudge', from: later },
  'not-offered': { reason: 'not-offered', what: 'check' },
  'others-unreadable': { reason: 'others-unreadable' },
  'too-late-to-stop': { reason: 'too-late-to-stop', status: 'restoring' },
  'not-waiting-for-judgement': { reason: 'not-waiting-for-judgement', status: 'restoring' },
  'clocks-apart': { reason: 'clocks-apart', clock: 'aura', aheadMs: 95_000 },
  'clock-set-back': { reason: 'clock-set-back', lastAt: later },
  stale: { reason: 'stale' },
  'unknown-instance': { reason: 'unknown-instance', typed: 'oders', nearest: ['orders', 'items'] },
  'instance-claimed': { reason: 'instance-claimed', by: 'R-1' },
  'snapshot-not-usable': { reason: 'snapshot-not-usable', why: 'still-running' },
  'snapshot-not-exportable': { reason: 'snapshot-not-exportable' },
  'method-not-allowed': { reason: 'method-not-allowed', method: 'overwrite', allowed: ['restore-snapshot'] },
  'file-not-usable': { reason: 'file-not-usable', why: { kind: 'above-console-limit', limitBytes: 2 ** 32 } },
  'new-instance-not-possible': {
    reason: 'new-instance-not-possible',
    problem: { kind: 'over-cap', cap: 200, spent: 190.5, cost: 17.28, currency: 'USD' },
  },
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
  'test-on-production': { reason: 'test-on-production' },
  'cannot-be-approved': { reason: 'cannot-be-approved', short: [{ name: 'R1', needed: 2, possible: 1 }] },
};

const POLICY_REFUSALS: readonly PolicyRefusal[] = [
  { reason: 'not-bound' },
  { reason: 'proposal-decided', status: 'refused', at },
  { reason: 'proposal-unknown' },
  { reason: 'answered-already', kind: 'agree', at },
  { reason: 'others-unreadable' },
];

function refusals(reader: Reader): readonly Said[] {
  return [
    ...refusalsOfRestores(reader),
    ...POLICY_REFUSALS.map(
      (refusal): Said => ({
        name: `refusal ${refusal.reason} of an answer to a looser rule`,
        kind: 'words',
        payload: policyRefusalText(refusal, reader),
      }),
    ),
  ];
}

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
  ]);
}

const GAPS = ['instance', 'restorePoint', 'reason', 'startTime'] as const;

function troubles(reader: Reader): readonly Said[] {
  const { kinds } = wordsFor(reader).trouble;
  const texts: Readonly<Record<string, string>> = {
    ...kinds,
    ...wrongAnswerWords(reader),
    ...Object.fromEntries(GAPS.map((gap) => [`gap ${gap}`, formGap(gap, reader).text])),
    'Aura in trouble': auraTrouble({ meaning: 'unreachable', said: 'Aura gave no usable answer.' }, reader),
    'claimed with its card': withCard(refusalText(REFUSALS['instance-claimed'], { reader }).text, LINK, reader),
  };
  return Object.entries(texts).map(([name, text]) => ({ name: `trouble ${name}`, kind: 'words', payload: { text } }));
}
