import type { Restore } from '../src/restore/restore.ts';
import { beganAt } from '../src/restore/stakeholder-status.ts';
import { goalSaid, inWay } from './goal-words.ts';
import { downtimeWords, untilItRunsWords } from './loss-words.ts';
import { escaped, past, quoted } from './slack-text.ts';
import type { Words } from './words/words.ts';

/** That Aura has shown nothing new for too long: how long it was expected to take, what was seen last, and what to do. */
export function stalledWords(restore: Restore, words: Words): string {
  const { plan, made, terms, since } = restore;
  const { direct } = words;
  const isBeside = plan.method === 'new-instance';
  return inWay(direct.stalled, goalSaid(restore, words), {
    begunAt: past(beganAt(restore) ?? since),
    time: isBeside ? untilItRunsWords(terms, words) : downtimeWords(terms, words),
    seen: seenWords(restore, words),
    instance: isBeside
      ? direct.newInstance(made && idWords(made.auraId))
      : direct.instance({ alias: escaped(plan.instance.alias), auraId: idWords(plan.instance.auraId) }),
  });
}

function seenWords({ observation }: Restore, { direct }: Words): string {
  if (!observation) return direct.stalledUnseen;
  const words = quoted(observation.words, 500);
  return observation.unansweredSince
    ? direct.stalledSilent({ words, since: past(observation.unansweredSince) })
    : direct.stalledSeen({ words, since: past(observation.at) });
}

function idWords(auraId: string): string {
  return `\`${escaped(auraId)}\``;
}
