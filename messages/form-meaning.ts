import type { KnownBlock } from '@slack/types';
import { estimateDowntime } from '../src/restore/estimate.ts';
import { dataLossMinutes } from '../src/restore/loss.ts';
import type { InstancePolicy } from '../src/restore/policy.ts';
import { usability } from '../src/restore/snapshot.ts';
import type { RestoreFormModel } from './form-model.ts';
import { downtimeWords, rpoVerdict, rtoVerdict } from './loss-words.ts';
import { channels, everybody, listed } from './people.ts';
import { ALSO_GOES_BACK } from './reasons.ts';
import { divider, duration, escaped, moment, section } from './slack-text.ts';
import { UNUSABLE_WORDS } from './snapshot-options.ts';

/** "What this means": drawn again with each choice, so that nobody asks for something without having seen its price. */
export function meaningBlocks(model: RestoreFormModel): KnownBlock[] {
  const { chosen, snapshot } = model;
  if (!chosen) return [];
  const { policy, look } = chosen;
  const memory = look.kind === 'seen' ? look.memory : undefined;
  const estimate = estimateDowntime(policy.estimate, memory);
  const lines = [
    ...(snapshot ? lossLines(model) : ['Choose a restore point to see what would be lost.']),
    `*Downtime:* ${downtimeWords({ estimate })}; ${rtoVerdict(estimate.toMinutes, policy.objectives.rtoMinutes)}.`,
    `*Goes back too:* ${ALSO_GOES_BACK}.`,
    ...askedLines(policy, chosen.asked),
    `*Will be told:* ${channels(policy.noticeChannels)}`,
    ...(policy.dependants.length > 0
      ? [
          `*Depends on it:* ${listed(policy.dependants.map(({ name, owner }) => escaped(owner ? `${name} (${owner})` : name)))}`,
        ]
      : []),
  ];
  return [divider(), section(`*What this means*\n${lines.join('\n')}`), divider()];
}

function askedLines({ approval }: InstancePolicy, asked: Readonly<Record<string, number>> = {}): string[] {
  const count = (name: string) => {
    const people = asked[name];
    return people === undefined ? '' : ` (${people} ${people === 1 ? 'person' : 'people'} besides you)`;
  };
  const [first, ...others] = approval.rules;
  if (first?.needed === 1 && others.length === 0)
    return [`*Will be asked to confirm:* ${everybody(first)}${count(first.name)}`];
  return approval.rules.map(
    (rule) => `*Must agree:* ${rule.needed} of the ${escaped(rule.name)}: ${everybody(rule)}${count(rule.name)}`,
  );
}

function lossLines({ snapshot, now, start, chosen }: RestoreFormModel): string[] {
  if (!snapshot || !chosen) return [];
  const usable = usability(snapshot);
  if (!usable.usable) return [`*This snapshot cannot be used: ${UNUSABLE_WORDS[usable.why]}.* Choose another one.`];
  const at = start.kind === 'at' && start.at && start.at > now ? start.at : now;
  const loss = dataLossMinutes(snapshot.takenAt, at);
  const when = at === now ? 'if it were now' : 'at the planned start';
  return [
    `*Everything written after ${moment(snapshot.takenAt)} will be lost.*`,
    `*Data loss:* ${duration(loss)} ${when}, growing; ${rpoVerdict(loss, chosen.policy.objectives.rpoMinutes)}.`,
    ...(usable.caution ? ['*Caution:* this may be a differential snapshot; Aura may refuse to restore it.'] : []),
  ];
}
