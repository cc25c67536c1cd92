import type { Language } from '../language.ts';
import type { InstancePolicy, Policy } from '../policy.ts';
import type { PolicyChange } from './policy-change.ts';

/**
 * The language of what a channel reads about the rules: the channel's, else the one that all instances share that are
 * decided about or audited there, else English. A channel that only a proposed change names goes by what is proposed.
 */
export function rulesLanguage(policy: Policy, channel: string, change?: PolicyChange): Language {
  const known = policy.channelLanguages?.[channel];
  if (known) return known;
  const inForce = policy.instances.filter((instance) => speaksIn(instance, channel));
  const speaking = inForce.length > 0 ? inForce : proposedBy(change);
  const [first, ...others] = new Set(speaking.map(({ language }) => language ?? 'en'));
  return first !== undefined && others.length === 0 ? first : 'en';
}

function speaksIn({ approvalsChannel, auditChannel }: InstancePolicy, channel: string): boolean {
  return approvalsChannel === channel || auditChannel === channel;
}

function proposedBy(change: PolicyChange | undefined): readonly InstancePolicy[] {
  return change && 'after' in change && 'alias' in change.after ? [change.after] : [];
}
