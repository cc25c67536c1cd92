import type { RestoreEvent } from '../../src/restore/event.ts';
import { chosenByHand, chosenForUpload } from '../../src/restore/exports/exported-file.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import { NOT_COUNTED_BECAUSE, type PreviewStage } from '../../src/restore/new-instance/preview-stage.ts';
import { METHODS } from '../../src/restore/plan.ts';
import type { NamesLoss } from '../../src/restore/receipt/access.ts';
import { known, UNKNOWN_BECAUSE, unknown } from '../../src/restore/receipt/amount.ts';
import { type LossReceipt, pointId } from '../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { ApprovalTerms, ReminderTerms } from '../../src/restore/terms.ts';
import { CHECK_STATUSES } from '../../src/restore/validation.ts';
import { closedRestores, driftedRestores, uncheckedRestores, unreachedRestores } from './asked-examples.ts';
import { exampleEvent } from './example-events.ts';
import { EXPORTED_FILE, EXPORTED_WITHOUT_SNAPSHOT } from './export-messages.ts';
import { makeReceipt } from './make-receipt.ts';
import { afterEvents, EVENTS_TO, followedBy, makeRestore, NOW, STATUSES, TAKEN_AT } from './make-restore.ts';
import { DRAFT, POLICY, SNAPSHOTS, SOURCE, TWO_RULES } from './message-facts.ts';
import { restoresOfNew } from './new-instance-messages.ts';
import { APPROVER, makePerson, REQUESTER } from './people.ts';
import { stalledRestores } from './stalled-examples.ts';

/** A restore for everything that the bot words differently, by what is so about it. */
export function exampleRestores(): readonly (readonly [name: string, restore: Restore])[] {
  const asked: Restore = makeRestore('awaiting-approval', { policy: POLICY, draft: DRAFT });
  const inStatus = STATUSES.map((status) => [status, makeRestore(status, { policy: POLICY, draft: DRAFT })] as const);
  const overwrites = [undefined, SNAPSHOTS[0]].map(
    (snapshot): Restore =>
      makeRestore('awaiting-approval', {
        policy: { ...POLICY, methods: METHODS },
        draft: {
          ...DRAFT,
          chosen: { method: 'overwrite', source: SOURCE, ...(snapshot ? { snapshot } : {}) },
          advised: 'new-instance',
          whyOther: 'Weil-W1',
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
  const unfrozen: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, overrideApprovers: { users: ['U9'], groups: ['S9'] } },
    draft: DRAFT,
  });
  const approved = afterEvents(asked, ['approved']);
  const restoring = afterEvents(asked, EVENTS_TO.restoring);
  const patient = makeRestore('awaiting-approval', { policy: { ...POLICY, lossBoundMinutes: 60 }, draft: DRAFT });
  const ready = afterEvents(asked, EVENTS_TO['ready-to-restore']);
  const silencing = followedBy(ready, exampleEvent('monitoring-called', ready));
  const silenced = followedBy(silencing, exampleEvent('monitoring-answered', silencing));
  const overAndSilent = followedBy(silenced, exampleEvent('cancelled', silenced));
  const resuming = followedBy(overAndSilent, { type: 'monitoring-called', at: addMinutes(NOW, 30), act: 'resume' });
  const stopped = followedBy(silencing, exampleEvent('cancelled', silencing));
  const overtaking = followedBy(stopped, { type: 'monitoring-called', at: addMinutes(NOW, 30), act: 'resume' });
  const givenUp = (restore: Restore, act: 'silence' | 'resume'): Restore =>
    followedBy(restore, {
      type: 'monitoring-answered',
      at: addMinutes(NOW, 31),
      act,
      calledAt: restore.monitoring?.calledAt ?? NOW,
      answer: { kind: 'given-up', why: 'Antwort-503' },
    });
  const lateAt = approved.state.status === 'approved' ? addMinutes(approved.state.startAt, 4) : NOW;
  const lateLook = { at: lateAt, preflight: { at: lateAt, lossMinutes: 280 } };
  const proviso = { condition: 'Kasse-9 zu', notBefore: addMinutes(NOW, 600) };
  const delegates = [{ to: 'U7', from: 'U1', until: addMinutes(NOW, 600) }];
  const delegated: Restore = makeRestore('awaiting-approval', {
    policy: { ...POLICY, approval: TWO_RULES },
    draft: { ...DRAFT, delegates, onCall: [{ alias: 'plan-1', people: ['U8'] }] },
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
  const look = {
    people: [APPROVER, makePerson('U3', { groups: ['S3'] })],
    isWhole: true,
    unknownSchedules: ['plan-1'],
  };
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
    ...previewed(withReceipt({})),
    ['agreed to, its loss counted', followedBy(withReceipt({}), exampleEvent('approved', withReceipt({})))],
    ['undone', followedBy(afterEvents(asked, EVENTS_TO.completed), exampleEvent('undone', asked))],
    ['an undo', makeRestore('awaiting-approval', { policy: POLICY, draft: { ...DRAFT, undoes: 'R-16' } })],
    ...fromFiles(),
    ...restoresOfNew(POLICY, { draft: DRAFT }),
    ...uncheckedRestores(),
    ...driftedRestores(),
    ...closedRestores(),
    ...unreachedRestores(),
    ['not answered', unanswered],
    ['reminded of', reminded],
    ['escalated', followedBy(reminded, { type: 'reminded', at: addMinutes(NOW, 20), asked: look })],
    ['nudged', followedBy(reminded, { type: 'nudged', at: addMinutes(NOW, 12), person: REQUESTER, asked: look })],
    ['awaiting several people', several],
    ['awaiting several people of whom one agreed', voted],
    ['awaiting approval of a start in a freeze', frozen],
    ['edited', followedBy(voted, exampleEvent('edited', voted))],
    ['asks more people', followedBy(unfrozen, intoFreeze(unfrozen))],
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
    ['drifted and withdrawn', afterEvents(approved, ['drifted', 'withdrawn'])],
    ['late', followedBy(approved, exampleEvent('start-late', approved))],
    ['late, and held up still', followedBy(approved, { ...exampleEvent('start-late', approved), isHeldUp: true })],
    ['late, and begun meanwhile', afterEvents(patient, ['approved', 'start-late', ...EVENTS_TO.restoring.slice(1)])],
    ['begun a little late', followedBy(approved, { ...exampleEvent('preflight-passed', approved), ...lateLook })],
    ['seen', followedBy(restoring, exampleEvent('step-observed', restoring))],
    ['objected to', objected],
    [
      'objected to by two',
      followedBy(objected, { ...exampleEvent('objected', objected), person: makePerson('U2'), why: 'Quartal-5' }),
    ],
    ['objected to and going on', followedBy(objected, answered)],
    ['objected to and put off', followedBy(objected, { ...answered, kind: 'put-off' })],
    ['acknowledged', followedBy(approved, exampleEvent('acknowledged', approved))],
    ['silencing its monitoring', silencing],
    ['watched by nobody', silenced],
    ['whose monitoring did not take it', givenUp(silencing, 'silence')],
    ['over, asking its monitoring to resume', resuming],
    ['over, its monitoring watching again', followedBy(resuming, exampleEvent('monitoring-answered', resuming))],
    [
      'over, its monitoring watching again before it was silent',
      followedBy(overtaking, exampleEvent('monitoring-answered', overtaking)),
    ],
    ['over, its monitoring silent still', givenUp(resuming, 'resume')],
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
    ['of a file', withReceipt({ source: { kind: 'file' }, counts: ONLY_NOW })],
    [
      'of an exported file',
      withReceipt({
        source: {
          ...{ kind: 'exported', exportId: 'E-7', snapshotId: 's1' },
          counted: { kind: 'on-the-way', takenAt: NOW, gapMinutes: 2 },
        },
      }),
    ],
    [
      'of an exported file with a preview',
      withReceipt({
        source: { kind: 'exported', exportId: 'E-7', snapshotId: 's1', counted: { kind: 'preview', takenAt: NOW } },
      }),
    ],
    ['of a source', withReceipt({ source: { kind: 'live-source', takenAt: NOW } })],
    ['of a source that is the same', withReceipt({ source: { kind: 'live-source', takenAt: NOW }, counts: SAME })],
    [
      'of a source that was not seen',
      withReceipt({
        source: { kind: 'source-not-seen', because: 'no-answer' },
        counts: { ...ONLY_NOW, because: 'no-answer' },
      }),
    ],
    ...stalledRestores([restoring, afterEvents(overwrites[1] ?? asked, EVENTS_TO.restoring)]),
  ];
}

const ONLY_NOW: Extract<LossReceipt['counts'], { kind: 'only-now' }> = {
  kind: 'only-now',
  totals: [
    { of: 'nodes', name: '', now: known(1200) },
    { of: 'relationships', name: '', now: known(3400) },
  ],
  lines: [
    { of: 'label', name: 'L-1', now: known(1000) },
    { of: 'type', name: 'T-1', now: unknown('too-costly') },
  ],
  unnamed: 3,
  because: 'in-a-file',
};
const SAME: LossReceipt['counts'] = {
  kind: 'compared',
  totals: [{ of: 'nodes', name: '', now: known(5), before: known(5) }],
  lines: [],
  unnamed: 0,
  same: 2,
  isSchemaChanged: 'unknown',
};
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
    ['that was recorded as exported', chosenByHand(EXPORTED_FILE)],
    ['that was exported at another time', chosenForUpload(EXPORTED_WITHOUT_SNAPSHOT, { ...file, directory: 'dir-1' })],
  ] as const;
  return chosen.flatMap(([how, one]) => {
    const asked = makeRestore('awaiting-approval', { policy: POLICY, draft: { ...DRAFT, chosen: one } });
    return (['awaiting-approval', 'restore-sent', 'start-unclear', 'restoring', 'completed'] as const).map(
      (status) => [`${status}, from a file ${how}`, afterEvents(asked, EVENTS_TO[status])] as const,
    );
  });
}

/** The requester moves it into a freeze, which others must agree to. */
function intoFreeze(restore: Restore): RestoreEvent {
  const edited = exampleEvent('edited', restore);
  return { ...edited, change: { ...edited.change, freezeOverride: { freezes: ['Sperre-1'], reason: 'Eil-2' } } };
}

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

/** A request in each stage that a preview of it goes through. */
function previewed(asked: Restore): readonly (readonly [name: string, restore: Restore])[] {
  const snapshotId = pointId(asked.plan.restorePoint);
  const checks = CHECK_STATUSES.map((status, index) => ({ name: `K-${index + 1}`, status }));
  const stages: readonly PreviewStage[] = [
    { kind: 'asked' },
    { kind: 'being-made' },
    { kind: 'counted', checks },
    { kind: 'counted', checks: [] },
    ...NOT_COUNTED_BECAUSE.map((because) => ({ kind: 'not-counted', because }) as const),
  ];
  const inStage = stages.map((stage, index): readonly [string, Restore] => [
    `previewed, ${index + 1}: ${stage.kind}`,
    { ...asked, previews: [{ by: 'R-98', at: NOW, snapshotId, stage }] },
  ]);
  const counted: Restore = {
    ...asked,
    previewed: { by: 'R-98', at: NOW },
    previews: [{ by: 'R-98', at: NOW, snapshotId, stage: { kind: 'counted', checks } }],
  };
  const { lossReceipt } = asked;
  const asLive = (results: typeof checks): Restore =>
    lossReceipt ? { ...counted, lossReceipt: { ...lossReceipt, checks: { at: NOW, results } } } : counted;
  return [
    ...inStage,
    ['previewed, the same in the live database', asLive(checks)],
    ['previewed, different in the live database', asLive(checks.map(({ name }) => ({ name, status: 'pass' })))],
  ];
}
