import type { AskedAnew, DriftReason, Plan, Restore } from '../src/restore/restore.ts';
import { agreedBy } from './agreement.ts';
import { channels, listed } from './people.ts';
import { escaped, mention, moment, quoted } from './slack-text.ts';

/** What two plans differ in, side by side. */
export function changeLines(before: Plan, after: Plan): readonly string[] {
  return FACTS.flatMap(([label, wordsOf]) => {
    const [was, is] = [wordsOf(before), wordsOf(after)];
    return was === is ? [] : [`*${label}:* was ${was}; is now ${is}`];
  });
}

/** The latest reason why people are asked again: on the card, above everything else. */
export function askedAnewLines(restore: Restore): readonly string[] {
  const { askedAnew = [] } = restore;
  const latest = askedAnew.at(-1);
  if (!latest || restore.state.status !== 'awaiting-approval') return [];
  const { votes } = latest;
  const fallen = votes.length > 0 ? ` Votes that fell by it: ${agreedBy(votes) || votes.length}.` : '';
  return [`*Asked anew:* ${becauseWords(latest)}${fallen}`, ...changeLines(latest.before, restore.plan)];
}

/** For somebody whose vote fell in this round, counted from 1: why, and what is different. */
export function askedAnewWords({ askedAnew = [], plan }: Restore, round: number): string {
  const one = askedAnew[round - 1];
  if (!one) return 'people are asked anew.';
  const after = askedAnew[round]?.before ?? plan;
  return [
    `people are asked anew, and votes so far no longer count: ${becauseWords(one)} Those who are asked decide anew on the card.`,
    ...changeLines(one.before, after),
  ].join('\n');
}

function becauseWords({ because, at }: AskedAnew): string {
  return because.kind === 'edited'
    ? `${mention.person(because.by)} changed the plan ${moment(at)}.`
    : `What was agreed to is no longer so (${moment(at)}): ${quoted(because.why, 500)} Nothing was sent. ${AFTER_DRIFT[because.reason]}`;
}

/** What to do before people agree again. */
const AFTER_DRIFT: Readonly<Record<DriftReason, string>> = {
  'instance-not-running': 'Resume or repair the instance in the Aura console before anybody agrees again.',
  'instance-changed': 'The plan now names the instance as it is.',
  'snapshot-not-found': 'The requester can choose another restore point with "Edit…".',
  'snapshot-not-usable': 'The requester can choose another restore point with "Edit…".',
  'loss-grew': 'Whoever agrees now agrees to the data loss as it is now.',
};

type Fact = readonly [label: string, wordsOf: (plan: Plan) => string];

const FACTS: readonly Fact[] = [
  ['Instance', ({ instance }) => escaped([instance.type, instance.memory].filter(Boolean).join(', ') || 'unknown')],
  ['Restore point', ({ restorePoint }) => `${moment(restorePoint.takenAt)} (\`${escaped(restorePoint.snapshotId)}\`)`],
  ['Start', ({ start }) => (start.kind === 'at' ? moment(start.at) : 'as soon as it is confirmed')],
  [
    'Checks',
    ({ checks }) =>
      checks.length > 0 ? listed(checks.map((name) => quoted(name, 60))) : 'only what the bot always checks',
  ],
  ['Will be told', ({ noticeChannels }) => channels(noticeChannels)],
];
