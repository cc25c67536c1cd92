import type { Language } from './language.ts';
import { instanceByName, type Policy } from './policy.ts';

/** The language of what everybody in a channel reads about an instance: the channel's, else the instance's, else English. */
export function publicLanguage(policy: Policy, auraId: string, channel: string): Language {
  return policy.channelLanguages?.[channel] ?? instanceByName(policy, auraId)?.language ?? 'en';
}
