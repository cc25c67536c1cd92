import { expect } from 'vitest';
import { isJson } from '../../playground/slack/block-kit-rules.ts';
import type { RestoreEvent } from '../../src/restore/event.ts';
import type { NamesLoss } from '../../src/restore/receipt/access.ts';
import { known, sampled } from '../../src/restore/receipt/amount.ts';
import { type LossReceipt, pointId } from '../../src/restore/receipt/receipt.ts';
import type { Restore } from '../../src/restore/restore.ts';
import { oneApprover } from '../../src/restore/rules-needed.ts';
import type { Status } from '../../src/restore/state.ts';
import { transition } from '../../src/restore/transition.ts';
import { exampleEvent } from './example-events.ts';
import { makeReceipt } from './make-receipt.ts';
import { afterEvents, EVENTS_TO, followedBy, makeRestore, NOW } from './make-restore.ts';
import { APPROVER, makePerson } from './people.ts';

/** What somebody could write to be obeyed by Slack, or to be misread. */
export const HOSTILE = '<!channel> <@U1> <https://evil.example|click> & *_~` > 🧨 ‮evil ';
const HIDDEN = 'a\u200bb\u2066c\u202ed\ufeffe\u0007f';

/** As many of them, each made with its place. */
export const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** An instance whose rules name as many people, channels and checks as there can be. */
export const LONGEST_POLICY = {
  overrideApprovers: {
    users: many(60, (index) => `U${index}`).concat(APPROVER.id),
    groups: many(20, (index) => `S${index}`),
  },
  noticeChannels: many(20, (index) => `C${index}CHANNEL`),
  dependants: many(30, (index) => ({ name: `${HOSTILE}${index}`, owner: HOSTILE.repeat(4) })),
  checkNames: many(40, (index) => `check_${index}_${'x'.repeat(50)}`),
  contact: 'the owners '.repeat(20),
  receipt: { refreshMinutes: 5 },
  approval: oneApprover({
    users: many(60, (index) => `U${index}`).concat(APPROVER.id),
    groups: many(20, (index) => `S${index}`),
  }),
};
/** A request in which everything that can be written is as long as it can get. */
export const LONGEST_DRAFT = {
  reason: { kind: 'security-incident', text: HIDDEN + HOSTILE.repeat(80) },
  ticket: HOSTILE.repeat(20),
  expectedImpact: HOSTILE.repeat(60),
  freezeOverride: { freezes: [HOSTILE.repeat(10), HOSTILE], reason: HOSTILE.repeat(20) },
} as const;

/** As long as it can get: every text at its fullest, and a history of hundreds of entries. */
export function longest(status: Status): Restore {
  const asked: Restore = makeRestore('awaiting-approval', {
    policy: LONGEST_POLICY,
    draft: { ...LONGEST_DRAFT, isDryRun: status === 'rehearsed' },
  });
  // A start in a freeze needs two people.
  const first = { ...exampleEvent('approved', asked), person: makePerson('U1') };
  const isApproved = EVENTS_TO[status].includes('approved');
  let restore: Restore = afterEvents(isApproved ? followedBy(asked, first) : asked, EVENTS_TO[status]);
  expect(restore.state.status).toBe(status);
  const events: RestoreEvent[] = many(200, (index) => ({
    type: 'attempt-refused',
    at: NOW,
    by: `U${index}`,
    attempt: 'approve',
    reason: HOSTILE.repeat(3),
  }));
  if (status !== 'awaiting-approval') events.push({ type: 'step-observed', at: NOW, words: HOSTILE.repeat(60) });
  for (const event of events) {
    const outcome = transition(restore, event);
    if (outcome.kind === 'changed') restore = outcome.restore;
  }
  const results = many(40, (index) => ({
    name: HOSTILE.repeat(3) + index,
    severity: 'error' as const,
    status: 'fail' as const,
    words: HOSTILE.repeat(10),
    owner: HOSTILE,
  }));
  if ('results' in restore.validation)
    restore = { ...restore, validation: { ...restore.validation, words: HOSTILE.repeat(20), results } };
  restore = { ...restore, lossReceipt: longestReceipt(pointId(restore.plan.restorePoint)) };
  const { state } = restore;
  if ('why' in state) restore = { ...restore, state: { ...state, why: HOSTILE.repeat(60) } };
  return restore;
}

/** Every name as long as it can get, and of each kind of line more than are shown. */
function longestReceipt(point: string): LossReceipt {
  const name = HOSTILE.repeat(10);
  const change: NamesLoss = {
    kind: 'compared',
    back: many(15, (index) => name + index),
    gone: many(15, (index) => name + index),
    changed: many(15, (index) => ({ name: name + index, now: name, before: name })),
    unnamed: 1000,
  };
  return makeReceipt({
    lookedAt: NOW,
    point,
    counts: {
      kind: 'compared',
      totals: [],
      lines: many(12, (index) => ({ of: 'type', name: name + index, now: known(1e12), before: known(index) })),
      unnamed: 1000,
      same: 1000,
      isSchemaChanged: 'unknown',
    },
    lastWrite: { kind: 'seen', at: NOW, label: name, property: name },
    questions: many(10, (index) => ({ name: `${name.slice(0, 58)}${index}`, answer: sampled(1, 100_000, 1e12) })),
    access: { users: change, roles: change },
  });
}

/** All mrkdwn of a payload: where Slack would obey markup. */
export function mrkdwnIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isJson(value)) return [];
  const own = value.type === 'mrkdwn' && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnIn)];
}

/** A place that was handed over; give it an id. */
export const HANDED_OVER = {
  schemaVersion: 1,
  version: 1,
  from: 'U1',
  to: 'U2',
  startsAt: NOW,
  endsAt: NOW,
  history: [],
} as const;
