import { madeMessage, passwordText, strayMessage, unreadableMadeMessage } from '../../messages/made-instance.ts';
import { newInstanceProblemWords } from '../../messages/new-instance-words.ts';
import { restoreForm } from '../../messages/restore-form.ts';
import { wordsFor } from '../../messages/words/words.ts';
import type { Reader } from '../../src/restore/language.ts';
import type { MadeInstance } from '../../src/restore/new-instance/made-instance.ts';
import type { NewInstanceProblem, NewInstanceRules } from '../../src/restore/new-instance/rules.ts';
import type { Saying } from '../../src/restore/new-instance/sayings.ts';
import type { InstanceToMake } from '../../src/restore/plan.ts';
import type { InstancePolicy } from '../../src/restore/policy.ts';
import type { Restore } from '../../src/restore/restore.ts';
import type { Said } from './every-message.ts';
import { exampleEvent } from './example-events.ts';
import { MARK, madeAs, madeInstance } from './made.ts';
import { followedBy, makePolicy, makeRestore, NOW, SNAPSHOT } from './make-restore.ts';

export const NEW_INSTANCE_RULES: NewInstanceRules = {
  prices: { asOf: '2026-11-01', currency: 'USD', perHour: { 'professional-db': { '8GB': 0.72, '16GB': 1.44 } } },
  monthlyCap: 50,
  usualMinutes: 1440,
  longestMinutes: 7 * 1440,
};
export const TO_MAKE = {
  type: 'professional-db',
  memory: '8GB',
  liveForMinutes: 1440,
  price: { perHour: 0.72, currency: 'USD', asOf: '2026-11-01' },
  monthlyCap: 50,
};

/** A request for a new instance. */
export function askedForNew(
  policy: Partial<InstancePolicy> = {},
  draft: Parameters<typeof makeRestore>[1] = {},
  toMake: InstanceToMake = TO_MAKE,
): Restore {
  return makeRestore('awaiting-approval', {
    ...draft,
    policy: {
      ...policy,
      methods: ['restore-snapshot', 'new-instance'],
      newInstance: NEW_INSTANCE_RULES,
      noticeChannels: [],
      noticeLeadMinutes: 0,
      lossBoundMinutes: 100_000,
    },
    draft: {
      ...draft.draft,
      chosen: { method: 'new-instance', snapshot: { ...SNAPSHOT, exportable: true }, toMake, spent: 0 },
    },
  });
}

/** A new instance in each status it goes through, its password handed over, lost, or nobody knows. */
export function restoresOfNew(
  policy: Partial<InstancePolicy>,
  draft: Parameters<typeof makeRestore>[1],
): readonly (readonly [name: string, restore: Restore])[] {
  const asked = askedForNew(policy, draft);
  const steps = (restore: Restore, ...types: readonly Parameters<typeof exampleEvent>[0][]) =>
    types.reduce((before, type) => followedBy(before, exampleEvent(type, before)), restore);
  const ready = steps(asked, 'approved', 'preflight-passed');
  const sent = steps(ready, 'restore-intended');
  const made = (password: 'handed-over' | 'lost' | 'unknown') =>
    followedBy(sent, {
      ...exampleEvent('restore-accepted', sent),
      made: {
        auraId: '0000aaaa',
        name: `rb-R-17-${MARK}`,
        connectionUrl: 'neo4j+s://0000aaaa.databases.neo4j.io',
        removeAt: '2026-11-22T03:04:05.000Z',
        password,
      },
    });
  const completed = steps(made('handed-over'), 'running-seen', 'restore-finished', 'verification-finished');
  return [
    ['a new instance, asked for', asked],
    ['a preview, asked for', askedForNew(policy, draft, { ...TO_MAKE, previewOf: 'R-16' })],
    [
      'a new instance, asked for after others',
      askedForNew(policy, {
        ...draft,
        draft: { ...draft?.draft, earlier: { of: 'instance', took: [{ ms: 480_000, unsureMs: 30_000 }] } },
      }),
    ],
    ['a new instance, about to be made', ready],
    ['a new instance, sent', sent],
    ['a new instance, being made', made('handed-over')],
    ['a new instance, its password lost', made('lost')],
    ['a new instance, its password nobody knows where', made('unknown')],
    ['a new instance, stalled', steps(made('handed-over'), 'stall-noticed')],
    ['a new instance, stalled before its id was known', steps(sent, 'restore-accepted', 'stall-noticed')],
    ['a new instance, running', completed],
    ['a new instance, failed', steps(sent, 'step-failed')],
    ...(['restore-failed', 'instance-deleted'] as const).map(
      (reason) =>
        [
          `a new instance, failed: ${reason}`,
          followedBy(sent, { ...exampleEvent('step-failed', sent), reason, condition: 'unchanged' }),
        ] as const,
    ),
  ];
}

const LEFT_ALONE = { at: NOW, name: 'Kopie-1' };
const SAYINGS: Readonly<Record<Saying, readonly MadeInstance[]>> = {
  made: [madeInstance({ state: madeAs('0000aaaa') })],
  found: [madeInstance({ state: madeAs('0000aaaa'), foundAt: NOW })],
  'not-made': [
    madeInstance({ state: { status: 'not-made', at: NOW, why: 'X-1' } }),
    madeInstance({ state: { status: 'not-made', at: NOW, why: 'X-2', neverWas: true } }),
  ],
  'ends-soon': [madeInstance({ state: madeAs('0000aaaa') })],
  'left-alone': [madeInstance({ state: madeAs('0000aaaa'), leftAlone: LEFT_ALONE })],
  removed: [
    ...(['bot', 'others'] as const).map((by) =>
      madeInstance({ state: { status: 'removed', auraId: '0000aaaa', at: NOW, by } }),
    ),
    madeInstance({ removeAt: NOW, state: { status: 'removed', auraId: '0000aaaa', at: NOW, by: 'bot' } }),
  ],
};
const PROBLEMS: readonly NewInstanceProblem[] = [
  { kind: 'not-configured' },
  { kind: 'no-price', type: 'enterprise-db', memory: '8GB' },
  { kind: 'size-not-allowed', memory: '8GB', allowed: ['16GB'] },
  { kind: 'too-small', memory: '2GB', source: '8GB' },
  { kind: 'lives-too-long', longestMinutes: 1440 },
  { kind: 'nothing-to-preview', id: 'R-16' },
  { kind: 'over-cap', cap: 50, spent: 45, cost: 17.28, currency: 'USD' },
];

/** What is said of made instances, and in the form where they are asked for. */
export function messagesOfMade(reader: Reader): readonly Said[] {
  const words = wordsFor(reader);
  const stray = { id: '0000bbbb', name: `rb-R-99-${MARK}` };
  const said = Object.entries(SAYINGS).flatMap(([saying, made]) =>
    made.map(
      (one, index): Said => ({
        name: `word ${index} of a made instance: ${saying}`,
        kind: 'message',
        payload: madeMessage(one, saying as Saying, reader),
      }),
    ),
  );
  return [
    ...said,
    ...[true, false].map(
      (isOurMark): Said => ({
        name: `stray ${isOurMark}`,
        kind: 'message',
        payload: strayMessage(stray, isOurMark, reader),
      }),
    ),
    { name: 'an unreadable record', kind: 'message', payload: unreadableMadeMessage('R-17', reader) },
    {
      name: 'the one-time password',
      kind: 'words',
      payload: passwordText(madeInstance({ state: madeAs('0000aaaa') }), 'p-1', reader),
    },
    ...PROBLEMS.map(
      (problem): Said => ({
        name: `new instance ${problem.kind}`,
        kind: 'words',
        payload: { text: newInstanceProblemWords(problem, words) },
      }),
    ),
    ...['8GB', '64GB'].map(
      (memory): Said => ({
        name: `form for a new instance of ${memory}`,
        kind: 'view',
        payload: formFor(memory, reader),
      }),
    ),
    { name: 'form for a preview', kind: 'view', payload: formFor('8GB', reader, 'R-16') },
  ];
}

function formFor(memory: string, reader: Reader, previewOf?: string) {
  const policy = makePolicy({
    dependants: [],
    checkNames: [],
    methods: ['restore-snapshot', 'new-instance'],
    newInstance: NEW_INSTANCE_RULES,
  });
  return restoreForm(
    {
      now: NOW,
      instances: [policy],
      chosen: {
        policy,
        look: {
          kind: 'seen',
          status: 'running',
          type: 'professional-db',
          memory,
          snapshotCount: 1,
          daysRead: 7,
          daysKept: 7,
        },
      },
      method: 'new-instance',
      newInstance: { spent: 3.6 },
      ...(previewOf ? { previewOf, preview: { of: previewOf, snapshotId: SNAPSHOT.snapshotId } } : {}),
      snapshot: { ...SNAPSHOT, exportable: true },
      start: { kind: 'when-confirmed' },
    },
    reader,
  );
}
