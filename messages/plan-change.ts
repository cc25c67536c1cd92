import type { AskedAnew } from '../src/restore/agreement.ts';
import type { Plan } from '../src/restore/plan.ts';
import type { Restore } from '../src/restore/restore.ts';
import { hasEnded } from '../src/restore/state.ts';
import { undoneBy } from '../src/restore/undo.ts';
import { agreedBy } from './agreement.ts';
import { closedStartFacts, type SayComing } from './closed-start.ts';
import { pointWords } from './method-words.ts';
import { channels, listed } from './people.ts';
import { environmentLabel, escaped, mention, moment, past, quoted } from './slack-text.ts';
import { statusName } from './status-words.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** What two plans differ in, side by side. */
export function changeLines(before: Plan, after: Plan, words: Words = ENGLISH): readonly string[] {
  const { change } = words;
  return FACTS.flatMap(([label, wordsOf]) => {
    const [was, is] = [wordsOf(before, words), wordsOf(after, words)];
    return was === is ? [] : [change.fact({ label: change.labels[label], was, is })];
  });
}

/** The latest reason why people are asked again: on the card, above everything else. */
export function askedAnewLines(restore: Restore, words: Words, coming: SayComing): readonly string[] {
  const { askedAnew = [] } = restore;
  const latest = askedAnew.at(-1);
  if (!latest || restore.state.status !== 'awaiting-approval') return [];
  const votes = latest.votes.length > 0 ? agreedBy(latest.votes, words) || String(latest.votes.length) : '';
  return [
    words.change.askedAnew({ because: becauseWords(latest, restore, words, coming), votes }),
    ...changeLines(latest.before, restore.plan, words),
  ];
}

/** For somebody whose vote fell in this round, counted from 1: why, and what is different, while that can still be decided about. */
export function askedAnewWords(
  restore: Restore,
  round: number,
  words: Words = ENGLISH,
  coming: SayComing = moment,
): string {
  const { askedAnew = [], plan } = restore;
  const one = askedAnew[round - 1];
  if (!one) return words.change.toVoterShort;
  if (hasEnded(restore.state.status)) {
    const status = words.status.inSentence(statusName(restore, words));
    return words.change.askedInVain({ at: past(one.at), status });
  }
  const after = askedAnew[round]?.before ?? plan;
  const because = becauseWords(one, restore, words, coming);
  const isUnvoted = one.because.kind === 'drifted' && one.votes.length === 0;
  return [
    isUnvoted ? words.change.toRequester(because) : words.change.toVoter(because),
    ...changeLines(one.before, after, words),
  ].join('\n');
}

function becauseWords({ because, at, votes }: AskedAnew, restore: Restore, words: Words, coming: SayComing): string {
  const { change, undo, calendar } = words;
  switch (because.kind) {
    case 'edited':
      return change.edited({ by: mention.person(because.by), at: past(at) });
    case 'start-accepted': {
      const { by, of } = because;
      return change.startAccepted({ by: mention.person(by), of: mention.person(of), at: past(at) });
    }
    case 'drifted': {
      const { reason, why, closed } = because;
      if (closed) {
        const facts = closedStartFacts(closed, why, words, coming);
        return calendar.lapsed({ ...facts, at: past(at), hadVotes: votes.length > 0 });
      }
      const isPoint = reason === 'snapshot-not-found' || reason === 'snapshot-not-usable';
      const instead = isPoint && undoneBy(restore) ? undo.noOtherPoint : undefined;
      const drifted = votes.length > 0 ? change.drifted : change.driftedUnvoted;
      return drifted({ at: past(at), reason, why: quoted(why, 500), instead });
    }
    case 'put-off':
      return change.putOff({ by: mention.person(because.by), at: past(at), why: quoted(because.why, 500) });
    default:
      return because satisfies never;
  }
}

type Fact = readonly [label: keyof Words['change']['labels'], wordsOf: (plan: Plan, words: Words) => string];

const FACTS: readonly Fact[] = [
  ['environment', ({ instance }, words) => environmentLabel(instance.environment, words)],
  [
    'instance',
    ({ instance }, { change }) =>
      escaped([instance.type, instance.memory, project(instance, change)].filter(Boolean).join(', ') || change.unknown),
  ],
  ['restorePoint', ({ restorePoint }, words) => pointWords(restorePoint, words)],
  ['start', ({ start }, { request }) => (start.kind === 'at' ? moment(start.at) : request.asSoonAsConfirmed)],
  [
    'freezeOverride',
    ({ freezeOverride }, { change }) =>
      freezeOverride
        ? `${quoted(freezeOverride.freezes.join(', '), 300)} (${quoted(freezeOverride.reason, 300)})`
        : change.noOverride,
  ],
  [
    'checks',
    ({ checks }, words) =>
      checks.length > 0
        ? listed(
            checks.map((name) => quoted(name, 60)),
            words,
          )
        : words.request.onlyUsualChecks,
  ],
  ['willBeTold', ({ noticeChannels }, words) => channels(noticeChannels, words)],
];

function project({ projectId }: Plan['instance'], { project: words }: Words['change']): string | undefined {
  return projectId === undefined ? undefined : words(projectId);
}
