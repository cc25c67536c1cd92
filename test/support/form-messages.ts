import { adviceForm } from '../../messages/advice-form.ts';
import { delegationForm } from '../../messages/delegation-form.ts';
import type { AskedNow, RestoreFormModel } from '../../messages/form-model.ts';
import { formTrouble, openingForm, restoreForm } from '../../messages/restore-form.ts';
import { snapshotOptions } from '../../messages/snapshot-options.ts';
import { trouble } from '../../messages/trouble.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Case } from '../../src/restore/advice.ts';
import { addMinutes } from '../../src/restore/instant.ts';
import type { Reader } from '../../src/restore/language.ts';
import { METHODS } from '../../src/restore/plan.ts';
import { REASON_KINDS } from '../../src/restore/request.ts';
import type { Said } from './every-message.ts';
import { EXPORTED_FILE, EXPORTED_WITHOUT_SNAPSHOT } from './export-messages.ts';
import { makeReceipt } from './make-receipt.ts';
import { makePolicy, NOW, TAKEN_AT } from './make-restore.ts';
import { DELEGATIONS, LINK, POLICY, SNAPSHOTS, TWO_RULES } from './message-facts.ts';

/** Whom the form says it asks: with nobody on call, and one member of a group whom nobody could read. */
const ASKED: AskedNow = {
  people: { byRule: { R1: 1, R2: 3 }, notified: 4, unable: 1, isWhole: false },
  rules: TWO_RULES.rules,
  onCall: [{ alias: 'plan-1', people: [] }],
};

const ADVICE = { method: 'restore-snapshot', reasons: ['snapshot-in-retention'] } as const;
const TOOK = { ms: 600_000, unsureMs: 1_000 };

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
  ['nothing that keeps it', { keepsPresent: true, dataIsIn: 'file' }],
  ['nothing allowed', { keepsPresent: true, allowed: ['restore-snapshot'] }],
];

/** The forms to ask for a restore, for advice and to hand a place over, in each of their conditions. */
export function messagesOfForms(reader: Reader): readonly Said[] {
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
  const every = { policy: { ...policy, methods: METHODS }, look: seen };
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
            look: { status: 'running', memory: '8GB', usable: 4, newest: TAKEN_AT, daysRead: 8, daysKept: 8 },
            case: { environment: 'production', allowed: METHODS, snapshot: 'usable', ...facts },
          },
          reader,
        ),
      ]),
    ),
    'form of an instance with every method': draw({ chosen: { ...every, advice: ADVICE } }),
    'form with another method than advised': draw({
      chosen: { ...every, advice: { ...ADVICE, earlier: { of: 'instance', took: [TOOK] } } },
      method: 'new-instance',
    }),
    'form of an overwrite without a source': draw({
      chosen: every,
      method: 'overwrite',
    }),
    'form of an overwrite from a snapshot': draw({
      chosen: every,
      method: 'overwrite',
      source: { ...policy, alias: 'items', auraId: 'b2c3d4e5' },
      snapshot: { snapshotId: 's1', takenAt: TAKEN_AT, profile: 'AdHoc', status: 'Completed', exportable: true },
    }),
    'form of an overwrite from the source as it is': draw({
      chosen: every,
      method: 'overwrite',
      source: { ...policy, alias: 'items', auraId: 'b2c3d4e5' },
      isLive: true,
    }),
    'form of an overwrite from one of two': draw({
      instances: [policy, makePolicy({ ...POLICY, alias: 'items', auraId: 'b2c3d4e5' })],
      chosen: { policy: { ...policy, methods: METHODS }, look: seen },
      method: 'overwrite',
    }),
    'form of a new instance beside an open restore': draw({
      chosen: { policy: { ...policy, methods: METHODS }, look: seen, claimedBy: { id: 'R-1', link: LINK } },
      method: 'new-instance',
    }),
    'form of an instance that keeps one snapshot': draw({
      chosen: { policy, look: { ...seen, type: 'free-db' } },
      snapshot: SNAPSHOTS[0],
    }),
    'form of an overwrite that Aura does not do': draw({
      chosen: { ...every, look: { ...seen, type: 'free-db' } },
      method: 'overwrite',
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
            chosen: { policy, look: seen, asked: ASKED },
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

/** The form for each way from a file. */
function filesForms(
  draw: (model: Partial<RestoreFormModel>) => unknown,
  own: RestoreFormModel['instances'][number],
  seen: NonNullable<RestoreFormModel['chosen']>['look'],
): Readonly<Record<string, unknown>> {
  const policy = { ...own, methods: ['restore-snapshot', 'backup-file', 'upload'] as const };
  const chosen = { policy, look: seen, advice: ADVICE };
  const unread = {
    id: 'f1',
    name: 'neo4j-4711.dump',
    kind: 'dump',
    sizeBytes: 9_000,
    directory: 'dir-1',
    changedAt: NOW,
  } as const;
  const file = { ...unread, id: 'f2', sha256: 'ab'.repeat(32) };
  const exports = [EXPORTED_FILE, EXPORTED_WITHOUT_SNAPSHOT];
  return {
    'form of a file by hand': draw({ chosen, method: 'backup-file' }),
    'form of a file by hand with its time': draw({ chosen, method: 'backup-file', savedAt: TAKEN_AT }),
    'form of a file without any': draw({ chosen, method: 'upload', offered: [] }),
    'form of a file that is not read yet': draw({ chosen, method: 'upload', offered: [unread], file: unread }),
    'form of a file': draw({ chosen, method: 'upload', offered: [unread, file], file, savedAt: TAKEN_AT }),
    'form of exported files': draw({ chosen, method: 'backup-file', exports }),
    'form of an exported file': draw({ chosen, method: 'backup-file', exports, exported: EXPORTED_FILE }),
    'form of a file that nobody exported': draw({ chosen, method: 'backup-file', exports, exported: 'described' }),
    'form of an exported file that a worker has': draw({
      ...{ chosen, method: 'upload', exports, exported: EXPORTED_WITHOUT_SNAPSHOT, savedAt: TAKEN_AT },
      ...{ offered: [unread, file], file },
    }),
  };
}
