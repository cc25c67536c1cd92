import type { ShadowRestore } from './shadow-restore.ts';

/** What a shadow restore has people hear. */
export type ShadowMessageKind = 'found' | 'ended' | 'verified' | 'announced';

/** A message that is owed; its key says whether it was posted. */
export interface OwedShadowMessage {
  readonly key: string;
  readonly kind: ShadowMessageKind;
  /** A channel, or a person who is told directly. */
  readonly to: string;
  /** The key of the message in whose thread it stands; absent: it begins one. */
  readonly under?: string;
}

/** What is owed and was not settled, in the order in which it is to be said. */
export function owedShadowMessages(record: ShadowRestore): readonly OwedShadowMessage[] {
  const { state, found, verification, announced, terms, deliveries } = record;
  const channels = placesOfShadow(record);
  const hasEnded = state.status !== 'under-way' && state.at !== found.at;
  const all: readonly OwedShadowMessage[] = [
    ...channels.map((to) => ({ key: foundKey(to), kind: 'found' as const, to })),
    ...(hasEnded
      ? channels.map((to) => ({ key: `ended:${to}`, kind: 'ended' as const, to, under: foundKey(to) }))
      : []),
    ...(verification?.outcome
      ? [
          {
            key: `verified:${verification.askedAt}`,
            kind: 'verified' as const,
            to: terms.auditChannel,
            under: foundKey(terms.auditChannel),
          },
        ]
      : []),
    ...(announced
      ? [...new Set([...terms.noticeChannels, ...terms.people])].map((to) => ({
          key: `announced:${to}`,
          kind: 'announced' as const,
          to,
        }))
      : []),
  ];
  return all.filter(({ key }) => deliveries[key] === undefined);
}

/** Where it is said that it was found: the audit channel first, where people can act on it. */
export function placesOfShadow({ terms }: Pick<ShadowRestore, 'terms'>): readonly string[] {
  return [...new Set([terms.auditChannel, ...terms.noticeChannels])];
}

/** True when nothing is left to follow, to look at or to say. */
export function isAtRest(record: ShadowRestore): boolean {
  const { state, verification } = record;
  const isVerifying = verification !== undefined && !verification.outcome;
  return state.status !== 'under-way' && !isVerifying && owedShadowMessages(record).length === 0;
}

function foundKey(channel: string): string {
  return `found:${channel}`;
}
