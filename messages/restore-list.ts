import { dataLossMinutes } from '../src/restore/loss.ts';
import type { Instant, RestoreId } from '../src/restore/names.ts';
import { losesData } from '../src/restore/receipt/next-loss-look.ts';
import type { Restore } from '../src/restore/restore.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { listed } from './people.ts';
import { duration, environmentLabel, escaped, mention, past } from './slack-text.ts';
import { statusName } from './status-words.ts';
import { ENGLISH, type Words } from './words/words.ts';

/** A restore with the way to its card. */
export interface Listed {
  readonly restore: Restore;
  readonly link?: string | undefined;
}

/** One restore in two lines: which, where it stands, by whom, to when. */
export function restoreLine({ restore, link }: Listed, now: Instant, words: Words = ENGLISH): string {
  const { id, plan, state, request } = restore;
  const { home } = words;
  const goal = goalSaid(restore, words);
  const loss = duration(dataLossMinutes(plan.restorePoint.takenAt, now), words);
  const facts = [
    `*${link ? `<${link}|${id}>` : id}*`,
    escaped(plan.instance.alias),
    environmentLabel(plan.instance.environment, words),
    `*${statusName(restore, words)}*`,
    ...(state.status === 'awaiting-approval' && losesData(plan) ? [inWay(home.wouldLose, goal, { loss })] : []),
  ];
  const by = mention.person(request.requestedBy);
  return [
    facts.join(' · '),
    home.line({ goal: inWay(words.goals.short, goal, {}), by, at: past(request.requestedAt) }),
  ].join('\n');
}

/** Restores whose records cannot be read: none of them is gone, and somebody must look. */
export function unreadableWords(ids: readonly RestoreId[], words: Words = ENGLISH): readonly string[] {
  return ids.length === 0 ? [] : [words.home.unreadable(listed(ids.map(escaped), words))];
}
